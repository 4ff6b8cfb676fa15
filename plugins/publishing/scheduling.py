"""What a person does with a post's targets: choose them, give them their time, take them back.

Each change is one statement for each target that names the states it may come from: what a worker has in hand is told
as too late, and stays as it is.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from host import Invalid, User, _, db, now
from plugins.publishing import history, telling
from plugins.publishing.checking import problems_of
from plugins.publishing.connection import Connection
from plugins.publishing.ending import ends_before
from plugins.publishing.planning import plan, unplan
from plugins.publishing.policy import Policy
from plugins.publishing.post import Post, TooLate
from plugins.publishing.states import BUSY, State
from plugins.publishing.target import Target

# A person may give these a time, or another.
MOVABLE = frozenset(
    {State.DRAFT, State.NEEDS_APPROVAL, State.SCHEDULED, State.HELD, State.FAILED, State.CANCELLED, State.MISSED}
)
WAITING = frozenset({State.DRAFT, State.NEEDS_APPROVAL, State.SCHEDULED, State.HELD})
JUST_NOW = timedelta(minutes=1)  # a form takes its time
FURTHEST = timedelta(days=3660)


def choose(post: Post, connections: Collection[Connection]) -> None:
    """Have the post go out on just these. Raises TooLate for one that is left out and already on its way or out."""
    for target in list(post.targets):
        if target.connection not in connections:
            target.require_still()
            unplan(target)
            post.targets.remove(target)
    there = {target.connection_id for target in post.targets}
    for connection in connections:
        if connection.id not in there:
            post.targets.append(Target(account_id=post.account_id, connection=connection))
    db.session.flush()


def schedule(
    post: Post, at: datetime | None, by: User, *, zone: str | None = None, own: Mapping[int, datetime] | None = None
) -> Sequence[str]:
    """Publish it at this time; on some connections (by id) at another. All that is not out yet moves. What a person
    should know all the same comes back, a sentence each. What was taken back stays so, unless it has a time of its own
    here or is wanted again. What is on its way keeps its time. Raises Invalid by fields, TooLate where that is given
    another, or nothing else is left."""
    own = own or {}
    targets = _moving(post, own)
    times = {target.id: own.get(target.connection_id) or _following(target, at) for target in targets}
    _check(post, targets, times, by)
    post.at, post.zone = at, zone
    state = _waiting_state(post, by)
    for target in targets:
        _move(target, MOVABLE, state, times[target.id], own_at=own.get(target.connection_id))
        history.note(target, by)
    return [*(said for target in targets if (said := ends_before(target))), *_on_their_way(post)]


def want_again(post: Post) -> None:
    """On all its connections, also where it was taken back."""
    for target in post.targets:
        if target.state is State.CANCELLED:
            target.move([State.CANCELLED], State.DRAFT)


def publish_now(post: Post, by: User) -> None:
    schedule(post, now(), by, zone=post.zone)


def unschedule(post: Post) -> None:
    """A draft again, with its time. Raises TooLate where all that is left of it is on its way."""
    for target in post.targets:
        if target.state in WAITING:
            _move(target, WAITING, State.DRAFT, None)
    on_its_way = [each for each in post.targets if each.state in (State.CLAIMED, State.SENDING)]
    if on_its_way and all(each.is_fixed for each in post.targets):
        raise on_its_way[0].too_late()


def cancel(target: Target, by: User) -> None:
    """Take it back on one connection. Raises TooLate."""
    _move(target, MOVABLE, State.CANCELLED, None)
    history.note(target, by)


def again(target: Target, by: User, at: datetime | None = None) -> None:
    """Once more, or after all, now or at another time; of a thread what is not out yet. Raises Invalid, TooLate."""
    at = at or now()
    _check(target.post, [target], {target.id: at}, by)
    _move(target, MOVABLE, _waiting_state(target.post, by), at, own_at=at)
    history.note(target, by)


def retime(target: Target, at: datetime, by: User) -> None:
    """Another time for what waits, and once more for what failed or was missed; a draft stays one. Raises Invalid,
    TooLate."""
    if target.state is not State.DRAFT:
        _check(target.post, [target], {target.id: at}, by)
        state = _waiting_state(target.post, by)
        _move(target, MOVABLE - {State.DRAFT, State.CANCELLED}, state, at)
        history.note(target, by)
    elif wrong := list(_wrong_times(at)):
        raise Invalid({f"connection-{target.connection_id}": wrong})
    else:
        target.due_at = at
        telling.show(target)


def approve(post: Post, by: User) -> None:
    """As it is now: a later change takes the approval back. What came too late meanwhile is missed when its turn
    comes."""
    post.approved_hash, post.approved_by, post.approved_at = post.content_hash, by, now()
    for target in post.targets:
        if target.state is State.NEEDS_APPROVAL:
            _move(target, [State.NEEDS_APPROVAL], State.SCHEDULED, target.due_at)
            history.note(target, by)


def _moving(post: Post, own: Mapping[int, datetime]) -> Sequence[Target]:
    """Raises TooLate."""
    late = [each for each in post.targets if each.state in BUSY and each.connection_id in own]
    found = [each for each in post.targets if _moves_along(each, own)]
    if not found:
        late += [each for each in post.targets if each.is_fixed]
    if late:
        raise late[0].too_late()
    return found


def _moves_along(target: Target, own: Mapping[int, datetime]) -> bool:
    if target.state is State.CANCELLED:
        return target.connection_id in own
    return target.state is not State.PUBLISHED and target.state not in BUSY


def _on_their_way(post: Post) -> Iterable[str]:
    for target in post.targets:
        if target.state in BUSY:
            yield _("It is on its way to %(handle)s, and keeps its time.", handle=target.connection.handle)


def _following(target: Target, at: datetime | None) -> datetime | None:
    return at + timedelta(seconds=target.offset_seconds) if at else None


def _waiting_state(post: Post, by: User) -> State:
    """Who is to approve it has to see it, so it is shared where it needs that."""
    if _may_go(post, by):
        return State.SCHEDULED
    post.shared = True
    return State.NEEDS_APPROVAL


def _may_go(post: Post, by: User) -> bool:
    """Without anybody else's word."""
    return by.is_admin or post.approved_hash == post.content_hash or not Policy.of(post.account_id).approval


def _check(post: Post, targets: Sequence[Target], times: Mapping[int, datetime | None], by: User) -> None:
    errors: dict[str, list[str]] = {}
    if not targets:
        errors["connections"] = [_("Choose where it goes.")]
    for target in targets:
        wrong = [*_wrong_times(times[target.id]), *problems_of(target), *_wrong_connection(target, by)]
        if wrong:
            errors[f"connection-{target.connection_id}"] = wrong
    if any(not medium.alt.strip() for medium in post.media) and Policy.of(post.account_id).alt_text:
        errors["media"] = [_("Describe each picture for those who cannot see it.")]
    if errors:
        raise Invalid(errors)


def _wrong_times(at: datetime | None) -> Iterable[str]:
    if at is None:
        yield _("Choose a time.")
    elif at < now() - JUST_NOW:
        yield _("This time has gone by.")
    elif at > now() + FURTHEST:
        yield _("This is more than ten years ahead.")


def _wrong_connection(target: Target, by: User) -> Iterable[str]:
    """An admin may see to a member's post, also where it goes through that member's own connection."""
    if target.connection.removed_at is not None:
        yield _("It is no longer connected.")
    if not any(person and target.connection.is_for(person) for person in (by, target.post.author)):
        yield _("It is not shared with you.")


def _move(target: Target, expected: Collection[State], state: State, at: datetime | None, **own: Any) -> None:
    """By what the database says now, not by what was read."""
    waits = state is State.SCHEDULED
    due = {} if at is None else {"due_at": at}
    if not target.move(expected, state, tries=0, next_at=at if waits else None, **own, **due):
        target.require_still()
        raise TooLate(_("Too late: it is out on %(handle)s.", handle=target.connection.handle))
    plan(target)
    telling.show(target)
