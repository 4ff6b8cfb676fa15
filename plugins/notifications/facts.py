"""What a list of notifications speaks of, read at once: the statements do not grow with the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, func, select

from host import Board, Comment, User, db, plain, visible
from plugins.notifications.models import Notification

EXCERPT = 200


@dataclass(frozen=True)
class Facts:
    """Comments, people and boards by id. What is gone, or hidden from the reader, is missing."""

    reader_id: int
    comments: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    boards: Mapping[int, str] = field(default_factory=dict)


def facts_for(reader: User, told: Sequence[Notification]) -> Facts:
    """All that is needed to put these into words for this person."""
    said = select(Comment.id, func.substr(Comment.body, 1, 4 * EXCERPT)).where(Comment.standing)
    said = said.where(Comment.id.in_(_ids(told, "comment_id")))
    people = select(User.id, User.name).where(User.id.in_(_ids(told, "assignee_ids")))
    boards = select(Board.id, Board.name).where(visible(Board, reader), Board.id.in_(_ids(told, "boards")))
    comments = {id: excerpt(body) for id, body in _found(said).items()}  # noqa: A001
    return Facts(reader.id, comments, _found(people), _found(boards))


def excerpt(markdown: str) -> str:
    """The words at its beginning, without their marks."""
    text = plain(markdown)
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + "…"


def _ids(told: Sequence[Notification], name: str) -> set[int]:
    values = [each.data.get(name, ()) for each in told]
    return {id for value in values for id in (value if isinstance(value, list) else [value] if value else [])}  # noqa: A001


def _found(query: Select[int, str]) -> dict[int, str]:
    return {id: text for id, text in db.session.execute(query)}  # noqa: A001, C416
