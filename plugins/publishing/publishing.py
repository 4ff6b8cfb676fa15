"""Sending a target: a job in the lane of its connection.

    scheduled → claimed → sending → published | failed | held | missed | scheduled again | unconfirmed

Each arrow is a commit. A process that dies before *sending* has sent nothing, so its successor begins anew; one that
dies from then on may have sent it, so its successor looks for it. No way leads from the one to the other.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import httpx

from host import LeaseLost, TimeLimitExceeded, _, checkpoint, current_job, db, durably, http_client, now, task
from plugins.publishing import gates, preparing, renewing
from plugins.publishing.deciding import decide, stumble
from plugins.publishing.mishaps import put_off
from plugins.publishing.outcomes import Ask, Finding, Held, Hindered, Outcome, Renew, Unknown
from plugins.publishing.part import Part, PartState
from plugins.publishing.platform import Login, Platform, Sent
from plugins.publishing.policy import Policy
from plugins.publishing.states import State
from plugins.publishing.target import Target

log = logging.getLogger(__name__)

SECONDS, CONNECT_SECONDS = 60.0, 10.0
STALE = timedelta(seconds=60)  # after which we do not send what we meant to: somebody else may be at it by then

Answer = TypeVar("Answer")


@task("publishing.publish", time_limit=timedelta(minutes=15))
def publish(target_id: int) -> str:
    """Do what is to be done about it now, and go on with the next part of its thread."""
    job = current_job()
    job_id = job.job_id if job else 0
    said = _("nothing to do")
    while (target := Target.claim(target_id, job_id)) is not None:
        said = _taken(Turn(target, job_id))
        checkpoint()
    return said


def _taken(turn: "Turn") -> str:
    """What came of it. An error of our own goes no further: a job that is tried again would keep the other posts of its
    connection waiting."""
    try:
        return turn.run()
    except (LeaseLost, TimeLimitExceeded):
        raise
    except Exception as error:
        log.exception("a post stumbled")
        db.session.rollback()
        return turn.stumble(repr(error))


class Turn:
    """One claim of a target, from here to its next resting place. Rows are read anew after each commit, for what comes
    between belongs to the network."""

    def __init__(self, target: Target, job_id: int) -> None:
        self.target_id, self.job_id, self.renewed = target.id, job_id, False

    @property
    def target(self) -> Target:
        return db.session.get_one(Target, self.target_id)

    @property
    def part(self) -> Part:
        """The one whose turn it is."""
        return next(part for part in self.target.parts if part.state is not PartState.PUBLISHED)

    def run(self) -> str:
        target = self.target
        if target.state is State.SENDING:
            self._end_attempt(Unknown(_("The program stopped while it was being sent.")))
        elif target.state is State.UNCONFIRMED:
            self._settle()
        elif (closed := gates.closed(target)) is not None:
            gates.wait(target, closed)
        else:
            self._publish()
        return self._said()

    def stumble(self, error: str) -> str:
        """Put it off, unless somebody else has it by now: the rollback may have taken our claim back, too."""
        target = Target.claim(self.target_id, self.job_id)
        if target is not None:
            stumble(target, _("Something went wrong within Fallow: %(error)s", error=error))
        return f"{self._said()}, {error}"

    def _publish(self) -> None:
        preparing.begin(self.target)
        hindered = self._made_ready()
        if hindered is not None:
            decide(self.target, self.part, hindered)
            return
        checkpoint()
        with durably():
            self._intend()
        outcome = self._asked(lambda network, login, client: network.send(self.body, self.key, login, client))
        self._end_attempt(outcome)

    def _made_ready(self) -> object | None:
        """Pictures handed over, the token good, the bytes frozen. What stood in the way, otherwise."""
        try:
            if renewing.is_due(self.target.connection):
                renewing.renew(self.target.connection_id)
            preparing.make_ready(self.target_id, self.part.id)
        except Hindered as hindered:
            if isinstance(hindered.hindrance, Renew) and not self.renewed:
                return self._renewed() or self._made_ready()
            return hindered.hindrance
        return None

    def _intend(self) -> None:
        """The last thing before it is sent. Whoever looks after us, after this, knows that it may be out."""
        target, part = self.target, self.part
        part.intend(self.job_id)
        target.state = State.SENDING
        self.body, self.key, self.meant_at = part.body or b"", part.key, now()
        checkpoint()

    def _asked(self, ask: Callable[[Platform, Login, httpx.Client], Outcome]) -> Outcome:
        """Once; what we cannot make sense of may have been done."""
        connection = self.target.connection
        network, login = connection.network, connection.login
        checkpoint()
        if network is None or now() - self.meant_at > STALE:
            return Unknown(_("The machine stood still while it was being sent."))
        try:
            with http_client(seconds=SECONDS, connect_seconds=CONNECT_SECONDS) as client:
                return ask(network, login, client)
        except Exception as error:  # noqa: BLE001 -- a network's client is a plugin's code: nobody knows how far it got
            db.session.rollback()
            return Unknown(_("Something went wrong within Fallow: %(error)s", error=repr(error)))

    def _end_attempt(self, came: Outcome) -> None:
        target, part = self.target, self.part
        part.end_attempts(came)
        target.connection.learn(dict(getattr(came, "learned", {})))
        if isinstance(came, Renew) and not self.renewed:
            part.state, target.state = PartState.WAITING, State.CLAIMED
            refused = self._renewed()
            if refused is None:
                self._publish()
                return
            came = refused
        decide(self.target, self.part, came)

    def _settle(self) -> None:
        """Look for what may be out."""
        part, always_ask = self.part, Policy.of(self.target.account_id).always_ask
        sent = Sent(part.body or b"", part.key, part.first_sent_at, part.looks, may_repeat=not always_ask)
        found = self._found(sent)
        if isinstance(found, Renew) and not self.renewed:
            found = self._renewed() or self._found(sent)
        self.target.connection.learn(dict(getattr(found, "learned", {})))
        decide(self.target, self.part, found)

    def _found(self, sent: Sent) -> Finding | Unknown | Held:
        connection = self.target.connection
        network, login = connection.network, connection.login
        checkpoint()
        if network is None:
            return Ask(_("The plugin of this network is off."))
        try:
            with put_off(), http_client(seconds=SECONDS, connect_seconds=CONNECT_SECONDS) as client:
                return network.settle(sent, login, client)
        except Hindered as hindered:
            return hindered.hindrance

    def _renewed(self) -> Outcome | None:
        """A new token, once in a turn; what stood in the way, otherwise."""
        self.renewed = True
        try:
            renewing.renew(self.target.connection_id)
        except Hindered as hindered:
            return hindered.hindrance
        return None

    def _said(self) -> str:
        target = self.target
        return _(
            "%(post)s: %(state)s on %(handle)s",
            post=target.post.title,
            state=target.state.value,
            handle=target.connection.handle,
        )
