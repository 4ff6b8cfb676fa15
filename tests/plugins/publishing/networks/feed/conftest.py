"""The feed of Ada's space, and what may be published in it."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from host import Account, File, User, db, http_client
from plugins.publishing.networks.feed import PLATFORM
from plugins.publishing.outcomes import Outcome
from plugins.publishing.platform import Login, Message, Picture, Tokens

NINE = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
SCHEMA = Path(__file__).parents[4] / "data" / "atom" / "atom.rng"


@pytest.fixture
def plugins() -> tuple[str, ...]:
    """Its entries are rows, its pages are pages."""
    return ("publishing",)


@pytest.fixture
def login(account: Account) -> Login:
    return Login({}, Tokens(""), str(account.id), account.name)


@pytest.fixture
def stranger(account: Account) -> User:
    """Whose space is another."""
    return Account.open("Elsewhere", owner_name="Cyd Brook", email="cyd@example.org")


@pytest.fixture
def picture(owner: User) -> Callable[..., Picture]:
    """`picture(alt="A pear")`: a real one, that Ada brought."""

    def made(width: int = 40, height: int = 30, alt: str = "A pear", name: str = "pear.png") -> Picture:
        Image.new("RGB", (width, height), "green").save(written := BytesIO(), "PNG")
        written.seek(0)
        file = File.keep(written, name, owner)
        return Picture(name, file.type, file.size, width, height, alt, file.reader)

    return made


@pytest.fixture
def message(login: Login) -> Callable[..., Message]:
    """`message("text", pictures=[…])`, its pictures handed over."""

    def made(text: str = "The pears are ripe.", *, seed: str = "post.0", **more: Any) -> Message:
        with http_client() as client:
            uploaded = [PLATFORM.upload(each, login, client) for each in more.get("pictures", ())]
        at = more.pop("at", NINE)
        return Message(text, key=PLATFORM.key(seed, at), at=at, uploaded=uploaded, **more)

    return made


@pytest.fixture
def publish(login: Login, message: Callable[..., Message]) -> Callable[..., Outcome]:
    """`publish("text", seed="post.1")`: what comes of it, committed."""

    def one(*words: str, **more: Any) -> Outcome:
        given = message(*words, **more)
        with http_client() as client:
            outcome = PLATFORM.send(PLATFORM.body(given, login), given.key, login, client)
        db.session.commit()
        return outcome

    return one


@pytest.fixture(scope="session")
def schema() -> etree.RelaxNG:
    """That of RFC 4287."""
    return etree.RelaxNG(etree.parse(SCHEMA))
