"""The log in words: one sentence for each kind of event that a card's page shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from host.db import db
from host.i18n import _
from host.models import Event, User


@dataclass(frozen=True)
class EventWords:
    """A line of the card's story."""

    at: datetime
    icon: str
    hue: str
    text: str
    id: None = None


Sentence = Callable[[str, Mapping[str, Any]], str]

SENTENCES: dict[str, tuple[str, str, Sentence]] = {
    "card_published": ("sprout", "moss", lambda who, _p: _("%(who)s added this", who=who)),
    "card_title_changed": (
        "edit",
        "stone",
        lambda who, p: _("%(who)s renamed this, it was “%(old)s”", who=who, old=p.get("old_title", "")),
    ),
    "card_triaged": (
        "right",
        "moss",
        lambda who, p: _("%(who)s moved this to %(column)s", who=who, column=p.get("column", "")),
    ),
    "card_sent_back_to_triage": ("left", "stone", lambda who, _p: _("%(who)s moved this back to Maybe?", who=who)),
    "card_closed": ("check", "straw", lambda who, _p: _("%(who)s closed this", who=who)),
    "card_reopened": ("retry", "moss", lambda who, _p: _("%(who)s opened this again", who=who)),
    "card_postponed": ("rest", "soil", lambda who, _p: _("%(who)s put this in Not now", who=who)),
    "card_auto_postponed": ("rest", "soil", lambda _who, _p: _("Rested by itself")),
    "card_assigned": ("person", "sky", lambda who, p: _("%(who)s gave this to %(people)s", who=who, people=names(p))),
    "card_unassigned": (
        "person",
        "stone",
        lambda who, p: _("%(who)s took this from %(people)s", who=who, people=names(p)),
    ),
    "card_board_changed": (
        "boards",
        "sky",
        lambda who, p: _("%(who)s moved this here from %(board)s", who=who, board=p.get("old_board", "")),
    ),
    "card_kept": ("sprout", "moss", lambda who, _p: _("%(who)s kept this", who=who)),
}


def told(event: Event) -> EventWords | None:
    """The event as a line, or nothing for a kind that the page leaves out."""
    if event.kind not in SENTENCES:
        return None
    icon, hue, sentence = SENTENCES[event.kind]
    who = event.creator.name if event.creator else _("System")
    return EventWords(event.at, icon, hue, sentence(who, event.particulars))


def names(particulars: Mapping[str, Any]) -> str:
    people = (db.session.get(User, id) for id in particulars.get("assignee_ids", ()))  # noqa: A001
    return ", ".join(person.name for person in people if person)
