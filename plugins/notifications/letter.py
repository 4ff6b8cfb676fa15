"""A bundle as a letter: by board and card, in its person's zone, as text and as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from host import Account, Board, Letter, User, _, absolute_url, db, ngettext
from plugins.notifications.bundle import Bundle
from plugins.notifications.drawn import drawn
from plugins.notifications.leave_link import domain, leave_headers, leave_url
from plugins.notifications.models import Notification
from plugins.notifications.notes import Note, notes
from plugins.notifications.preferences import SETTINGS


@dataclass(frozen=True)
class Chapter:
    """What is new on one board, by card."""

    title: str
    notes: Sequence[Note]


def letter_of(bundle: Bundle, unread: Sequence[Notification]) -> Letter:
    """What is unread of it, for its person. Its Message-ID is made from the bundle, so that a letter which had to be
    sent once more is the same to whoever gets it."""
    person = bundle.user
    told = notes(person, unread)
    leave = leave_url(person)
    shown = {
        "person": person,
        "chapters": _chapters(told),
        "count": len(told),
        "leave": leave,
        "settings": absolute_url(SETTINGS),
        "link": _link,
    }
    return Letter(
        to=person.email or "",
        to_name=person.name,
        subject=_subject(person, told),
        text=drawn("notifications/letter.txt", **shown),
        html=drawn("notifications/letter.html", **shown),
        message_id=f"<bundle-{bundle.id}.{bundle.starts_at:%Y%m%d%H%M%S%f}@{domain()}>",
        headers=leave_headers(leave),
    )


def _link(url: str) -> str:
    """A notice may lead to another site."""
    return absolute_url(url) if url.startswith("/") else url


def _subject(person: User, told: Sequence[Note]) -> str:
    """Names the space where the address is known in several."""
    first = told[0].title
    others = len(told) - 1
    said = ngettext("%(first)s and %(n)s more", "%(first)s and %(n)s more", others, first=first) if others else first
    return _("%(space)s: %(said)s", space=person.account.name, said=said) if _has_other_spaces(person) else said


def _has_other_spaces(person: User) -> bool:
    spaces = select(Account.id).join(User, User.account_id == Account.id).where(User.email == person.email, User.active)
    return len(db.session.scalars(spaces.limit(2)).all()) > 1


def _chapters(told: Sequence[Note]) -> list[Chapter]:
    """By the boards' names; what is about no card comes last."""
    ids = {note.told.card.board_id for note in told if note.told.card}
    boards = {id: name for id, name in db.session.execute(select(Board.id, Board.name).where(Board.id.in_(ids)))}  # noqa: A001, C416

    def place(note: Note) -> tuple[bool, str, int]:
        board_id = note.told.card.board_id if note.told.card else 0
        return board_id not in boards, boards.get(board_id, "").casefold(), board_id

    ordered = sorted(told, key=lambda note: (place(note), note.told.updated_at))
    parts = groupby(ordered, key=place)
    return [Chapter(boards.get(board_id, _("Besides")), list(some)) for (_is_last, _name, board_id), some in parts]
