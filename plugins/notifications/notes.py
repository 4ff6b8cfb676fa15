"""What a person has been told, as the bell's tray, the page and the API show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from host import User, db
from plugins.notifications import groups, words
from plugins.notifications.facts import Facts, facts_for
from plugins.notifications.models import Notification, of, unread_count

PER_PAGE = 50


@dataclass(frozen=True)
class Note:
    """One notification in words."""

    told: Notification
    title: str
    text: str
    board_id: int | None  # where cards rest, if all of them rest on one board

    @property
    def when(self) -> str:
        return groups.when(self.told.updated_at)

    @property
    def reason(self) -> str:
        return self.told.reason.words

    @property
    def url(self) -> str:
        """Where it leads: where a notice says, to the card, or to the place where the cards rest."""
        if url := self.told.data.get("url"):
            return str(url)
        if self.told.card is not None:
            return f"/cards/{self.told.card.number}"
        if self.board_id is not None:
            return f"/boards/{self.board_id}#col-not_now"
        return "/boards"


@dataclass(frozen=True)
class Group:
    """Some notes of one time window, newest first."""

    title: str
    notes: Sequence[Note]


@dataclass(frozen=True)
class Page:
    """One page of somebody's notes."""

    number: int
    groups: Sequence[Group]
    more: bool  # there are older ones
    unread: bool  # something is, on this page or another


def page(person: User, number: int = 1, per_page: int = PER_PAGE) -> Page:
    """The newest notes, or those of a later page; a constant number of statements whatever it shows.
    Index: ix_notifications_notification_user_id_updated_at."""
    found = db.session.scalars(of(person).offset((number - 1) * per_page).limit(per_page + 1)).all()
    written = notes(person, found[:per_page])
    return Page(number, list(_grouped(written)), more=len(found) > per_page, unread=unread_count(person, most=1) > 0)


def notes(person: User, told: Sequence[Notification]) -> list[Note]:
    """These in words for this person."""
    facts = facts_for(person, told)
    return [_note(each, facts) for each in told]


def _grouped(written: Sequence[Note]) -> Iterator[Group]:
    for title, some in groupby(written, key=lambda note: groups.window(note.told.updated_at)):
        yield Group(title, list(some))


def _note(told: Notification, facts: Facts) -> Note:
    boards = [id for id in told.data.get("boards", []) if id in facts.boards]  # noqa: A001
    return Note(told, words.title(told), words.sentence(told, facts), boards[0] if len(boards) == 1 else None)
