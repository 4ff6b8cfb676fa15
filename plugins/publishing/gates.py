"""What a target has to pass before it may be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from host import _, now
from plugins.publishing import telling
from plugins.publishing.checking import problems
from plugins.publishing.deciding import is_late
from plugins.publishing.planning import plan
from plugins.publishing.platform import Platform
from plugins.publishing.policy import Policy
from plugins.publishing.states import State
from plugins.publishing.target import Target

PROMPT = timedelta(minutes=2)  # what comes so shortly after its time is not late


@dataclass(frozen=True)
class Closed:
    """It stays in this state, until `until` or until a person does something."""

    state: State
    why: str
    until: datetime | None = None


def closed(target: Target) -> Closed | None:
    """The first gate that does not let it pass; None when all do. Raises whatever its network raises while it is
    checked."""
    connection, network, at = target.connection, target.connection.network, now()
    if network is None:
        return Closed(State.HELD, _("The plugin of this network is off."))
    if connection.removed_at is not None:
        return Closed(State.HELD, _("%(handle)s is no longer connected.", handle=connection.handle))
    if connection.is_held:
        return Closed(State.HELD, connection.held_why or "")
    if is_late(target, at):
        return Closed(State.MISSED, target.why or _("Its time went by while Fallow was not running."))
    if connection.quiet_until and connection.quiet_until > at:
        return Closed(State.SCHEDULED, _("The network asked us to wait."), connection.quiet_until)
    return _spaced(target, at) or _fit(target, network)


def wait(target: Target, gate: Closed) -> None:
    target.go(gate.state, gate.why, next_at=gate.until)
    plan(target)
    telling.tell(target)


def _spaced(target: Target, at: datetime) -> Closed | None:
    """Late ones go out one by one, and never in a burst."""
    last = target.connection.published_at
    is_tardy = target.due_at is not None and at - target.due_at > PROMPT
    if last is None or not is_tardy or target.tries or any(part.is_out for part in target.parts):
        return None
    free = last + Policy.of(target.account_id).gap
    return Closed(State.SCHEDULED, _("Late posts go out one after another."), free) if free > at else None


def _fit(target: Target, network: Platform) -> Closed | None:
    """What a network allows may have changed since it was scheduled."""
    found = problems(target.post, network, target.connection.profile)
    return Closed(State.FAILED, " ".join(found)) if found else None
