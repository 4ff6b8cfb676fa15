"""Moving posts in the calendar: to another day, at the hour they had, and back again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from host import Fault, User, _, db, moment_of
from plugins.publishing import telling
from plugins.publishing.calendar import MOVED
from plugins.publishing.drafting import require_author
from plugins.publishing.pencilling import erase, is_undated, pencil_in
from plugins.publishing.post import Post, TooLate
from plugins.publishing.scheduling import again, cancel, retime
from plugins.publishing.states import State
from plugins.publishing.target import Target


@dataclass(frozen=True)
class Item:
    """A post on a day of somebody's calendar; on none, for a draft that has no time yet."""

    post: Post
    day: date | None

    @classmethod
    def read(cls, text: str, person: User) -> "Item":
        """From `12@2026-03-09`, or `12@` for one without a time. Raises NotFound, Fault."""
        number, _at, day = text.partition("@")
        try:
            post = Post.one_of(person, int(number))
            found = cls(post, None if not day and is_undated(post) else date.fromisoformat(day))
        except (ValueError, OverflowError) as error:
            raise Fault(_("This is no post on a day.")) from error
        require_author(found.post, person)
        return found

    def targets(self, person: User) -> Sequence[Target]:
        """What of it goes out on that day and can still be moved. Raises TooLate where nothing can."""
        zone = person.timezone
        here = [each for each in self.post.targets if each.due_at and each.due_at.astimezone(zone).date() == self.day]
        found = [each for each in here if each.state in MOVED]
        if here and not found:
            raise TooLate(_("Too late: “%(title)s” is on its way or out.", title=self.post.title))
        return found


@dataclass(frozen=True)
class Was:
    """What times there were before, so that they can be put back."""

    post_id: int
    at: datetime | None
    targets: Sequence[tuple[int, datetime | None, datetime | None]]  # id, due, own

    @classmethod
    def of(cls, post: Post) -> "Was":
        return cls(post.id, post.at, [(each.id, each.due_at, each.own_at) for each in post.targets])


def move(items: Sequence[Item], by: User, days: int) -> Sequence[Was]:
    """By so many days. All or nothing: raises Invalid for a time that has gone by, Fault for one without a day,
    TooLate."""
    _require_days(items)
    return [_moved(item, by, days) for item in items]


def place(items: Sequence[Item], by: User, day: date) -> Sequence[Was]:
    """All on this day. Raises as `move`, but a draft without a time gets one."""
    return [_placed(item, by, day) if item.day is None else _moved(item, by, (day - item.day).days) for item in items]


def take_back(items: Sequence[Item], by: User) -> Sequence[Was]:
    """Cancel what goes out on these days. Raises TooLate, Fault."""
    _require_days(items)
    was = [Was.of(item.post) for item in items]
    for item in items:
        for target in item.targets(by):
            cancel(target, by)
    return was


def put_back(was: Iterable[Was], by: User) -> None:
    """The times that there were. What was sent meanwhile stays as it is. Raises Invalid for what has gone by."""
    for each in was:
        post = Post.one_of(by, each.post_id)
        require_author(post, by)
        if each.at is None:
            erase(post)
        else:
            post.at = each.at
        targets = {target.id: target for target in post.targets}
        for id, due, own in each.targets:  # noqa: A001
            if id in targets:
                _restore(targets[id], due, own, by)
        telling.show_post(post)
    db.session.flush()


def _require_days(items: Iterable[Item]) -> None:
    for item in items:
        if item.day is None:
            raise Fault(_("“%(title)s” has no day yet. Move it to one.", title=item.post.title))


def _placed(item: Item, by: User, day: date) -> Was:
    was = Was.of(item.post)
    pencil_in(item.post, day, by)
    telling.show_post(item.post)
    db.session.flush()
    return was


def _moved(item: Item, by: User, days: int) -> Was:
    post, zone = item.post, by.timezone
    was, moving = Was.of(post), list(item.targets(by))

    def later(at: datetime) -> datetime:
        wall = at.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
        return moment_of(wall, zone).at

    if not moving or any(target.own_at is None for target in moving):
        # Who has no time of its own follows the post's.
        moving += [each for each in post.targets if _follows(each) and each not in moving]
        post.at = later(post.at) if post.at else None
    for target in moving:
        target.own_at = later(target.own_at) if target.own_at else None
        if target.due_at:
            retime(target, later(target.due_at), by)
    telling.show_post(post)
    db.session.flush()
    return was


def _follows(target: Target) -> bool:
    return target.own_at is None and target.state in MOVED and target.due_at is not None


def _restore(target: Target, due: datetime | None, own: datetime | None, by: User) -> None:
    if due is None or (target.due_at, target.state is State.CANCELLED) == (due, False):
        return
    if target.state is State.CANCELLED:
        again(target, by, due)
        target.own_at = own
    elif target.state in MOVED:
        target.own_at = own
        retime(target, due, by)
