"""What a card's story says of its posts. Each counts as activity on the card (product.md, section 2)."""

from collections.abc import Mapping
from typing import Any

from host import Card, EventKind, EventSentence, User, _, kind, record
from plugins.publishing.states import State
from plugins.publishing.target import Target

SCHEDULED = kind("publishing.scheduled", touches=True)
PUBLISHED = kind("publishing.published", touches=True)
FAILED = kind("publishing.failed", touches=True)
MISSED = kind("publishing.missed", touches=True)
UNCONFIRMED = kind("publishing.unconfirmed", touches=True)
CANCELLED = kind("publishing.cancelled", touches=True)

KINDS: Mapping[State, EventKind] = {
    State.SCHEDULED: SCHEDULED,
    State.PUBLISHED: PUBLISHED,
    State.FAILED: FAILED,
    State.MISSED: MISSED,
    State.UNCONFIRMED: UNCONFIRMED,
    State.CANCELLED: CANCELLED,
}


def note(target: Target, by: User | None = None) -> None:
    """Write the target's state into the story of the card that its post hangs on."""
    card = target.post.card
    told = KINDS.get(target.state)
    if card is None or told is None:
        return
    who = by or target.post.author or card.board.account.system
    record(told, card, by=who, **_particulars(target, card))


def _particulars(target: Target, card: Card) -> dict[str, Any]:
    where = {"network": target.platform, "handle": target.connection.handle, "url": target.url, "why": target.why}
    return {"post_id": target.post_id, **where, "board_id": card.board_id}


def sentences() -> list[EventSentence]:
    return [
        EventSentence(SCHEDULED, _says(_("%(who)s scheduled this for %(where)s")), "clock", "sky"),
        EventSentence(PUBLISHED, _says(_("This was published on %(where)s")), "check", "moss"),
        EventSentence(FAILED, _says(_("%(where)s did not take this")), "warn", "clay"),
        EventSentence(MISSED, _says(_("This missed its time on %(where)s")), "clock", "straw"),
        EventSentence(UNCONFIRMED, _says(_("Nobody knows whether this is on %(where)s")), "unknown", "straw"),
        EventSentence(CANCELLED, _says(_("%(who)s took this back from %(where)s")), "x", "soil"),
    ]


def _says(text: str) -> Any:
    def sentence(who: str, particulars: Mapping[str, Any]) -> str:
        return text % {"who": who, "where": particulars.get("handle", "")}

    return sentence
