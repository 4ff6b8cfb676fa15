"""Letters, and a space whose server is the test's."""

from collections.abc import Callable
from typing import Any

import pytest

from host.db import db
from host.mail.conversation import Patience
from host.mail.delivery import deliver
from host.mail.letter import Letter
from host.mail.server import MailServer
from host.models import Account
from tests.smtp_server import SmtpServer

HURRIED = Patience(connect=2, answer=0.3, verdict=0.3, whole=20)
WRITTEN = {"to": "ben@example.org", "to_name": "Ben Hollow", "subject": "A tree fell", "text": "It fell.\n"}
WRITTEN |= {"html": "<p>It fell.</p>\n", "message_id": "<fall-7@orchard.example>"}
Write = Callable[..., Letter]


@pytest.fixture
def write() -> Write:
    """`write(subject="x")`: a letter to Ben."""
    return lambda **other: Letter(**{**WRITTEN, **other})


@pytest.fixture
def use(account: Account) -> Callable[..., None]:
    """`use(server, password="x")`: Meadow's letters go there from now on."""

    def keep(server: SmtpServer, **other: Any) -> None:
        MailServer.keep(account, **{**server.settings, **other})
        db.session.commit()

    return keep


@pytest.fixture
def send(account: Account, write: Write) -> Callable[..., str]:
    """`send(subject="x")`: what sending a letter from Meadow says, by someone in a hurry."""

    def one(**other: Any) -> str:
        db.session.commit()
        return deliver(write(**other), account, patience=HURRIED)

    return one
