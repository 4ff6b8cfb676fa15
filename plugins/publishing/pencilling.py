"""A day for a draft that has no time yet."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from host import Invalid, User, _, moment_of, now
from plugins.publishing.post import Post
from plugins.publishing.scheduling import FURTHEST
from plugins.publishing.slot import next_free
from plugins.publishing.states import State
from plugins.publishing.target import Target

MORNING = time(9)


def is_undated(post: Post) -> bool:
    return post.at is None and all(target.due_at is None for target in post.targets)


def pencil_in(post: Post, day: date, by: User) -> None:
    """It stays a draft: at the first free slot of that day, else at nine, else at the next full hour. Raises Invalid
    for a day on which there is none left."""
    _require_ahead(day, by.timezone)
    drafts = [target for target in post.targets if target.state is State.DRAFT]
    at = _in_slot(drafts, day, by.timezone) or _in_the_morning(day, by.timezone)
    if at <= now():
        raise Invalid({"day": [_("This day has gone by.")]})
    post.at, post.zone = at, by.zone
    for target in drafts:
        target.time(at)


def erase(post: Post) -> None:
    """No time again, as long as nothing of it is scheduled."""
    if all(target.state in (State.DRAFT, State.CANCELLED) for target in post.targets):
        post.at = None
        for target in post.targets:
            target.time(None)


def _require_ahead(day: date, zone: tzinfo) -> None:
    today = now().astimezone(zone).date()
    if day < today:
        raise Invalid({"day": [_("This day has gone by.")]})
    if day - today > FURTHEST:
        raise Invalid({"day": [_("This is more than ten years ahead.")]})


def _in_slot(targets: Sequence[Target], day: date, zone: tzinfo) -> datetime | None:
    before = moment_of(datetime.combine(day, time()), zone).at - timedelta(seconds=1)
    free = [next_free(target.connection, zone, after=max(before, now())) for target in targets]
    return min((at for at in free if at and at.astimezone(zone).date() == day), default=None)


def _in_the_morning(day: date, zone: tzinfo) -> datetime:
    """Or in the next full hour; one that has gone by where that would be tomorrow."""
    nine = moment_of(datetime.combine(day, MORNING), zone).at
    hour = now().astimezone(zone).replace(tzinfo=None, minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment_of(hour, zone).at if nine <= now() and hour.date() == day else nine
