"""What the tests of notifications share."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from host import Account, Board, Card, User, db
from plugins.notifications.models import Notification
from plugins.notifications.notes import Note, notes


@pytest.fixture
def odile(account: Account, board: Board) -> User:
    """Somebody else who sees the board."""
    person = User.join(account, name="Odile Marsh", email="odile@example.org")
    db.session.commit()
    return person


@pytest.fixture
def card(board: Board, owner: User, drain_jobs: Callable[[], int]) -> Card:
    """A card of Ada's; that she added it has been told to all who are to know."""
    card = board.add_card("Interview the bakers", by=owner)
    drain_jobs()
    return card


@pytest.fixture
def told(drain_jobs: Callable[[], int]) -> Callable[[User], list[Note]]:
    """`told(ada)`: what she hears of once the jobs have run, newest first."""

    def read(person: User) -> list[Note]:
        db.session.commit()
        drain_jobs()
        db.session.expire_all()
        rows = (
            select(Notification).filter_by(user_id=person.id).order_by(Notification.updated_at.desc(), Notification.id)
        )
        return notes(person, db.session.scalars(rows).all())

    return read


@pytest.fixture
def letters(app: Flask) -> Callable[[], list[EmailMessage]]:
    """`letters()`: what was sent so far, the oldest first. Without a mail server letters are kept as files."""

    def read() -> list[EmailMessage]:
        folder: Path = app.extensions["fallow"].config.data / "mail"
        files = sorted(folder.rglob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [message_from_bytes(file.read_bytes(), policy=default) for file in files]  # type: ignore[misc]

    return read
