"""How states are drawn: a hue, an icon and a word, so that none is told by colour alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from host import _
from plugins.publishing.states import State


@dataclass(frozen=True)
class Look:
    """`key` is what a calendar filters by, `hue` the word of the style sheet."""

    key: str
    hue: str
    icon: str
    words: str


DRAFT = Look("draft", "draft", "draft", _("Draft"))
NEEDS_APPROVAL = Look("approval", "waiting", "eye", _("Needs approval"))
SCHEDULED = Look("scheduled", "scheduled", "clock", _("Scheduled"))
HELD = Look("scheduled", "waiting", "pause", _("Held"))
SENDING = Look("sending", "running", "send", _("On its way"))
PUBLISHED = Look("published", "published", "check", _("Published"))
FAILED = Look("failed", "failed", "warn", _("Failed"))
CANCELLED = Look("cancelled", "cancelled", "cross", _("Taken back"))
MISSED = Look("missed", "missed", "hourglass", _("Missed"))
COMING = Look("coming", "coming", "queue", _("To come"))  # of another plugin, and not there yet
UNCONFIRMED = Look("unconfirmed", "unconfirmed", "unknown", _("Unconfirmed"))

LOOKS = {
    State.DRAFT: DRAFT,
    State.NEEDS_APPROVAL: NEEDS_APPROVAL,
    State.SCHEDULED: SCHEDULED,
    State.HELD: HELD,
    State.CLAIMED: SENDING,
    State.SENDING: SENDING,
    State.PUBLISHED: PUBLISHED,
    State.FAILED: FAILED,
    State.CANCELLED: CANCELLED,
    State.MISSED: MISSED,
    State.UNCONFIRMED: UNCONFIRMED,
}
# What is to be seen to comes first; what went well or was taken back gives way to all else.
LOUDEST = (UNCONFIRMED, FAILED, MISSED, SENDING, HELD, NEEDS_APPROVAL, SCHEDULED, DRAFT, PUBLISHED, CANCELLED)
# What a calendar can be narrowed to: always, and only where there is one.
ALWAYS = (DRAFT, SCHEDULED, PUBLISHED, FAILED, MISSED, UNCONFIRMED)
SOMETIMES = (NEEDS_APPROVAL, SENDING, CANCELLED, COMING)


def look_of(states: Iterable[State]) -> Look:
    """Of several together; a draft where there are none."""
    found = {LOOKS[state] for state in states}
    return next((each for each in LOUDEST if each in found), DRAFT)
