"""How a card's story tells of staying awake and of waking on a day."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from host import EventKind, EventSentence, _
from plugins.entropy.stay import CARD_MAY_REST, CARD_STAYS
from plugins.entropy.waking import CARD_WAKING_CHOSEN, CARD_WAKING_DROPPED


def sentences() -> list[EventSentence]:
    return [
        _told(CARD_STAYS, lambda who: _("%(who)s lets this stay awake", who=who), "sprout", "moss"),
        _told(CARD_MAY_REST, lambda who: _("%(who)s lets this rest again", who=who), "hourglass", "straw"),
        EventSentence(CARD_WAKING_CHOSEN, _chosen, "calendar", "soil"),
        _told(CARD_WAKING_DROPPED, lambda who: _("%(who)s took back the day of waking", who=who), "rest", "soil"),
    ]


def _told(kind: EventKind, text: Callable[[str], str], icon: str, hue: str) -> EventSentence:
    return EventSentence(kind, lambda who, _particulars: text(who), icon, hue)


def _chosen(who: str, particulars: Mapping[str, Any]) -> str:
    day = date.fromisoformat(particulars["day"])
    return _("%(who)s set this to wake on %(day)s", who=who, day=f"{day.day} {day:%b %Y}")
