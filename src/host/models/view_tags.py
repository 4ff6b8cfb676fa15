"""Saved views ask for tags by their titles: they follow a tag that is renamed, or that becomes another."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from host.db import db
from host.eventlog import Recorded, listeners
from host.events import TAG_CHANGED, TAG_MERGED, RecordedEvent
from host.models.saved_view import SavedView
from host.models.user import User


def follow(recorded: Sequence[Recorded]) -> None:
    """In the transaction that changes the tag; nothing where none changes its title."""
    for event in recorded:
        if isinstance(event, RecordedEvent):
            for old, new in _titles(event):
                _replace(event.account_id, old, new)


def _titles(event: RecordedEvent) -> Iterator[tuple[str, str]]:
    """(old, new), for an event that changes a title."""
    told = event.particulars
    if event.kind == TAG_CHANGED.name and "old_title" in told:
        yield told["old_title"], told["title"]
    if event.kind == TAG_MERGED.name:
        yield told["title"], told["into"]


def _replace(account_id: int, old: str, new: str) -> None:
    """All views of the space are looked at: tags are seldom renamed, and nobody has more than a hundred views."""
    theirs = select(SavedView).join(User, User.id == SavedView.user_id).where(User.account_id == account_id)
    for view in db.session.scalars(theirs):
        tags = view.asked.get("tag", ())
        if old in tags:
            renamed = dict.fromkeys(new if tag == old else tag for tag in tags)
            view.asked = {**view.asked, "tag": list(renamed)}
    db.session.flush()


listeners.append(follow)
