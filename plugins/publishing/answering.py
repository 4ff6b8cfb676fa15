"""The answer to "Was this published?", which only a person can give."""

from urllib.parse import urlsplit

from host import Fault, Invalid, User, _, db, now
from plugins.publishing import history, telling
from plugins.publishing.deciding import decide
from plugins.publishing.outcomes import Published
from plugins.publishing.part import Part, PartState
from plugins.publishing.planning import plan
from plugins.publishing.states import State
from plugins.publishing.target import Target

LONGEST_URL = 500


class Settled(Fault):
    """It is no longer a question."""

    def __init__(self) -> None:
        super().__init__(_("This is settled already."))


def it_is_there(target: Target, by: User, url: str = "") -> None:
    """Yes; with its address, if the person has it at hand. The next part of a thread follows. Raises Invalid for an
    address that is none, Settled."""
    part = _asked(target)
    url = url.strip()
    if url and (urlsplit(url).scheme not in ("http", "https") or len(url) > LONGEST_URL):
        raise Invalid({"url": [_("This is no address.")]})
    decide(target, part, Published(remote_id=part.remote_id or _last_of(url), url=url))
    history.note(target, by)


def send_it_again(target: Target) -> None:
    """No. Raises Settled."""
    part = _asked(target)
    part.state, part.looks = PartState.WAITING, 0
    target.own_at = target.due_at = now()  # it is not late: a person has just asked for it
    target.go(State.SCHEDULED, next_at=now(), tries=0)
    plan(target)
    telling.show(target)


def discard_it(target: Target, by: User) -> None:
    """No, and it need not be. Raises Settled."""
    part = _asked(target)
    part.thaw()
    target.go(State.CANCELLED)
    plan(target)
    telling.show(target)
    history.note(target, by)


def _asked(target: Target) -> Part:
    """The part in question, in our hands until the transaction ends."""
    db.session.refresh(target, with_for_update=True)  # two may answer at once
    if target.state is not State.UNCONFIRMED or not target.asks:
        raise Settled
    return next(part for part in target.parts if part.state is PartState.UNCONFIRMED)


def _last_of(url: str) -> str:
    """Networks end a post's address with what they call it."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]
