"""The log in words: one sentence for each kind of event that a card's page shows, the plugins' among them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from host.db import db
from host.i18n import _
from host.models import Event, User
from host.plugging.gather import look, plugins
from host.plugging.plugin import EventSentence
from host.web.moments import plain_day


@dataclass(frozen=True)
class EventWords:
    """A line of the card's story."""

    at: datetime
    icon: str
    hue: str
    text: str
    id: None = None


Sentence = Callable[[str, Mapping[str, Any]], str]

# That a card was added stands at its head; comments are shown as such.
SENTENCES: dict[str, tuple[str, str, Sentence]] = {
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
    "card_put_back": ("retry", "moss", lambda who, _p: _("%(who)s put this back where it was", who=who)),
    "card_assigned": ("person", "sky", lambda who, p: _assigned(who, p["people"])),
    "card_unassigned": ("person", "stone", lambda who, p: _unassigned(who, p["people"])),
    "card_board_changed": (
        "boards",
        "sky",
        lambda who, p: _("%(who)s moved this here from %(board)s", who=who, board=p.get("old_board", "")),
    ),
    "card_due_changed": ("calendar", "stone", lambda who, p: _due(who, p.get("due_on"))),
    "card_kept": ("sprout", "moss", lambda who, _p: _("%(who)s kept this", who=who)),
}


# What a card's page shows at another place, and a list of what happened says too.
BESIDES: dict[str, tuple[str, str, Sentence]] = {
    "card_published": ("plus", "moss", lambda who, _p: _("%(who)s added this", who=who)),
    "comment_created": ("comment", "sky", lambda who, _p: _("%(who)s commented", who=who)),
    "reaction_created": ("react", "straw", lambda who, p: _reacted(who, p.get("content", ""), p.get("comment_id"))),
}


def kinds() -> set[str]:
    """The kinds of events that a card's page shows."""
    return {*SENTENCES, *_of_plugins()}


def kinds_of_activity() -> set[str]:
    """The kinds of events that a list of what happened shows."""
    return {*kinds(), *BESIDES}


def told(events: Sequence[Event]) -> list[EventWords]:
    """The events as lines; a kind that the page leaves out has none."""
    return list(told_by_id([event for event in events if event.kind not in BESIDES]).values())


def told_by_id(events: Sequence[Event]) -> dict[int, EventWords]:
    """The events of any kind that can be told, by their ids."""
    people, plugged, own = _names(events), _of_plugins(), {**SENTENCES, **BESIDES}
    lines = {
        event.id: _line(event, own[event.kind], people)
        if event.kind in own
        else _plugins_line(event, *plugged[event.kind])
        for event in events
        if event.kind in own or event.kind in plugged
    }
    return {id: line for id, line in lines.items() if line}  # noqa: A001


def _line(event: Event, how: tuple[str, str, Sentence], people: Mapping[int, str]) -> EventWords:
    icon, hue, sentence = how
    others = [people[id] for id in _assignees(event) if id != event.creator_id and id in people]  # noqa: A001
    text = sentence(_who(event), {**event.particulars, "people": ", ".join(others)})
    return EventWords(event.at, icon, hue, text)


def _plugins_line(event: Event, plugin: str, declared: EventSentence) -> EventWords | None:
    """Nothing where the plugin's sentence fails."""
    say = partial(declared.text, _who(event), event.particulars)
    text: str | None = look(plugin, f"sentence of {event.kind}", say, otherwise=lambda: None)
    return EventWords(event.at, declared.icon, declared.hue, text) if text else None


def _of_plugins() -> dict[str, tuple[str, EventSentence]]:
    """By kind: whose it is, and what it says."""
    return {
        sentence.kind.name: (each.name, sentence) for each in plugins().on for sentence in each.declared.event_sentences
    }


def _who(event: Event) -> str:
    return event.creator.name if event.creator else _("System")


def _due(who: str, day: str | None) -> str:
    if day is None:
        return _("%(who)s took the date away", who=who)
    return _("%(who)s set the date to %(day)s", who=who, day=plain_day(date.fromisoformat(day)))


def _reacted(who: str, content: str, comment_id: int | None) -> str:
    if comment_id is None:
        return _("%(who)s reacted with %(content)s", who=who, content=content)
    return _("%(who)s reacted to a comment with %(content)s", who=who, content=content)


def _assigned(who: str, people: str) -> str:
    if not people:
        return _("%(who)s took this on", who=who)
    return _("%(who)s gave this to %(people)s", who=who, people=people)


def _unassigned(who: str, people: str) -> str:
    if not people:
        return _("%(who)s gave this back", who=who)
    return _("%(who)s took this from %(people)s", who=who, people=people)


def _names(events: Iterable[Event]) -> dict[int, str]:
    """Of everybody who was given a card or lost it, in one statement."""
    ids = {id for event in events for id in _assignees(event)}  # noqa: A001
    if not ids:
        return {}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _assignees(event: Event) -> Sequence[int]:
    ids: Sequence[int] = event.particulars.get("assignee_ids", ())
    return ids
