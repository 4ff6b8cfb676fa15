"""The beginning of what somebody wrote, for lists of what happened."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from host.db import db
from host.models import Comment, Event
from host.text import plain

LONGEST = 200  # characters
LOOKED_AT = 1000  # of the Markdown, whose marks and addresses are not shown


def excerpts(events: Sequence[Event]) -> Mapping[int, str]:
    """What was said, by the ids of the events that tell of a comment or of an answer to one, and what a card that was
    added is about; not what was taken back. One statement, or none."""
    said = _said({id for event in events if (id := event.particulars.get("comment_id"))})  # noqa: A001
    written = {event.id: said.get((event.card_id, event.particulars.get("comment_id")), "") for event in events}
    written |= {event.id: event.card.description for event in events if event.kind == "card_published" and event.card}
    return {id: _beginning(text) for id, text in written.items() if text}  # noqa: A001


def _said(ids: set[int]) -> Mapping[tuple[int | None, int | None], str]:
    """By card and id."""
    if not ids:
        return {}
    beginning = func.substr(Comment.body, 1, LOOKED_AT)
    found = select(Comment.card_id, Comment.id, beginning).where(Comment.id.in_(sorted(ids)), Comment.standing)
    return {(card_id, id): body for card_id, id, body in db.session.execute(found)}  # noqa: A001


def _beginning(markdown: str) -> str:
    words = plain(markdown[:LOOKED_AT])
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
