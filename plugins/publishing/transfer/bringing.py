"""Bringing posts in: each by itself, so that all that is wrong is told at once; kept only when nothing is."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from itertools import chain

from sqlalchemy import select

from host import Card, Fault, Invalid, User, _, db, now
from plugins.publishing import picturing
from plugins.publishing.change import Change, schedule_for
from plugins.publishing.connection import Connection
from plugins.publishing.describing import describe
from plugins.publishing.naming import name_of, named
from plugins.publishing.post import Post, title_of
from plugins.publishing.states import Status
from plugins.publishing.target import Target
from plugins.publishing.transfer.item import Aim, Item
from plugins.publishing.transfer.report import Line, Report

Progress = Callable[[int, int], None]  # how many are done, and of how many


def ignore(_done: int, _of: int) -> None:
    """Nobody watches."""


class Wish(StrEnum):
    """What posts with a time become."""

    DRAFTS = "drafts"
    SCHEDULED = "scheduled"


@dataclass
class Bringing:
    """By a person, who has to be able to use what the posts name."""

    by: User
    wish: Wish = Wish.DRAFTS
    leave_out_duplicates: bool = True

    def __post_init__(self) -> None:
        self._usable = list(Connection.usable_by(self.by))
        known = db.session.scalars(select(Post.texts).where(Post.seen_by(self.by)))
        self._said = {json.dumps(texts) for texts in known}

    def bring(self, items: Sequence[Item], progress: Progress) -> tuple[Report, list[Post]]:
        """In the running transaction; whoever called commits it, or undoes it where the report has errors."""
        lines, posts = [], []
        for done, item in enumerate(items, 1):
            line, post = self._one(item)
            lines.append(line)
            posts += [post] if post else []
            progress(done, len(items))
        return Report(lines), posts

    def _one(self, item: Item) -> tuple[Line, Post | None]:
        line = Line(
            item.number, title_of(item.texts), errors=item.errors, notes=item.notes, duplicate=self._repeats(item)
        )
        if item.errors:
            return line, None
        if line.duplicate and self.leave_out_duplicates:
            return replace(line, state="left_out"), None
        try:
            with db.session.begin_nested():
                post, notes = self._made(item)
                return _told(line, post, notes), post
        except Fault as fault:
            return replace(line, errors=_sentences(fault)), None

    def _repeats(self, item: Item) -> bool:
        """The same text is there already, or stood in the file before."""
        said = json.dumps(list(item.texts))
        before, self._said = said in self._said, self._said | {said}
        return before

    def _made(self, item: Item) -> tuple[Post, list[str]]:
        aims = {each.id: (each, aim) for aim in item.aims for each in named([aim.name], self._usable, "networks")}
        connections = [connection for connection, _aim in aims.values()]
        change = Change(item.texts, _plain(item), connections, self._card(item), item.shared, item.at, item.zone)
        post = change.draft(self.by)
        _mark(post, item)
        self._show(post, item)
        own = {target.id: _time(target, aims[target.connection_id][1], item) for target in post.targets}
        notes = _missing(item)
        if self.wish is Wish.SCHEDULED and item.is_planned:
            times = {each.connection_id: at for each in post.targets if (at := own[each.id])}
            notes += schedule_for(post, item.at, self.by, item.zone, times)
        elif item.at is not None and item.at < now() and item.is_planned:
            notes.append(_("This time has gone by; it comes in as a draft."))
        db.session.flush()
        return post, notes

    def _card(self, item: Item) -> Card | None:
        return None if item.card is None else self.by.card(item.card)

    def _show(self, post: Post, item: Item) -> None:
        for shot in item.shots:
            if shot.data is not None:
                medium = picturing.add(post, BytesIO(shot.data), shot.name, self.by, part=shot.part)
                describe(medium, shot.alt, medium.part, self.by)


def _time(target: Target, aim: Aim, item: Item) -> datetime | None:
    """Give the target what is its own of its time."""
    target.own_at, target.offset_seconds = aim.at or item.own.get(target.platform), aim.offset_seconds
    target.time(item.at)
    return target.own_at


def _plain(item: Item) -> dict[str, dict[str, object]]:
    return {name: {"texts": each["texts"], "options": each["options"]} for name, each in item.variants.items()}


def _mark(post: Post, item: Item) -> None:
    """Which shared text the network's own words began from."""
    for variant in post.variants:
        mark = item.variants[variant.platform].get("detached_from")
        variant.detached_from = mark or variant.detached_from


def _missing(item: Item) -> list[str]:
    gone = [shot.name for shot in item.shots if shot.data is None]
    return [_("The picture %(name)s is not in the file.", name=name) for name in gone]


def _told(line: Line, post: Post, notes: Sequence[str]) -> Line:
    state = "draft" if post.status is Status.DRAFT else "scheduled"
    names = [name_of(target.connection) for target in post.targets]
    at = post.at.isoformat() if post.at else ""
    return replace(line, networks=names, at=at, state=state, notes=[*line.notes, *notes])


def _sentences(fault: Fault) -> list[str]:
    if isinstance(fault, Invalid):
        return list(dict.fromkeys(chain.from_iterable(fault.errors.values())))
    return [fault.message]
