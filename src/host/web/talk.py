"""What is said below a card: comments, and between them the lines of its log."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from host.db import db
from host.models import Card, Comment, Event, User
from host.web.eventwords import EventWords, kinds, told


@dataclass(frozen=True)
class Said:
    """A comment as the page shows it."""

    id: int
    by: User
    at: datetime
    html: Markup
    edited_at: datetime | None = None


@dataclass(frozen=True)
class Story:
    """Lines of the log that no comment parts: the last is shown, the earlier ones to who asks for them."""

    earlier: Sequence[EventWords]
    last: EventWords


def comments_of(card: Card) -> Sequence[Comment]:
    """Index: ix_comment_card_id_created_at."""
    found = select(Comment).where(Comment.card_id == card.id, Comment.standing).options(joinedload(Comment.creator))
    return db.session.scalars(found).all()


def talk(card: Card, comments: Sequence[Comment], drawn: Callable[[str], Markup]) -> list[Said | Story]:
    """All of it, the oldest first; `drawn` makes HTML of Markdown."""
    lines: list[Said | EventWords] = [*_said(card, comments, drawn), *_events(card)]
    lines.sort(key=lambda each: each.at)
    return list(_gathered(lines))


def _gathered(lines: Iterable[Said | EventWords]) -> Iterator[Said | Story]:
    for _comments, run in groupby(lines, key=lambda each: isinstance(each, Said)):
        events: list[EventWords] = []
        for each in run:
            if isinstance(each, Said):
                yield each
            else:
                events.append(each)
        if events:
            yield Story(events[:-1], events[-1])


def _said(card: Card, comments: Sequence[Comment], drawn: Callable[[str], Markup]) -> list[Said]:
    system = card.account.system
    return [
        Said(each.id, each.creator or system, each.created_at, drawn(each.body), each.edited_at) for each in comments
    ]


def _events(card: Card) -> list[EventWords]:
    """Index: ix_event_card_id_at."""
    found = select(Event).where(Event.card_id == card.id, Event.kind.in_(kinds()))
    return told(db.session.scalars(found.options(joinedload(Event.creator))).all())
