"""What a person types about what they hear: the form of the page, and the same for the API."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import ValidationError, fields, post_load, pre_load, validates_schema

from host import Form, _
from plugins.notifications.pace import Pace
from plugins.notifications.preferences import HOUR, Preferences
from plugins.notifications.topics import Way, topics

CLOCKS = ("hour", "quiet_from", "quiet_to")
_one_of = _("Choose one of these.")
_clock: dict[str, Any] = {"invalid": _("Write a time such as 08:30."), "null": _("Write a time such as 08:30.")}


class PreferencesForm(Form):
    """Loads to the columns of `Preferences`, with `ways` by topic."""

    pace = fields.Enum(
        Pace, by_value=True, required=True, error_messages={"unknown": _one_of, "required": _one_of, "null": _one_of}
    )
    hour = fields.Time(format="%H:%M", load_default=HOUR, error_messages=_clock)
    quiet_from = fields.Time(format="%H:%M", allow_none=True, load_default=None, error_messages=_clock)
    quiet_to = fields.Time(format="%H:%M", allow_none=True, load_default=None, error_messages=_clock)
    summary = fields.Bool(load_default=False)
    ways = fields.List(fields.Str(), load_default=list)

    @pre_load
    def _as_a_page_sends_it(self, sent: Mapping[str, Any], **_more: Any) -> Mapping[str, Any]:
        """An empty time is none; one ticked box comes alone. What a program sent that is no object is refused later."""
        if not isinstance(sent, Mapping):
            return sent
        ways = sent.get("ways", [])
        given = {key: value for key, value in sent.items() if value != "" or key not in CLOCKS}
        return {**given, "ways": [ways] if isinstance(ways, str) else ways}

    @validates_schema
    def _check_quiet_hours(self, loaded: Mapping[str, Any], **_more: Any) -> None:
        begins, ends = loaded["quiet_from"], loaded["quiet_to"]
        if (begins is None) != (ends is None):
            raise ValidationError(_("Quiet hours have a beginning and an end."), "quiet_to" if begins else "quiet_from")
        if begins is not None and begins == ends:
            raise ValidationError(_("Quiet hours end at another time than they begin."), "quiet_to")

    @validates_schema
    def _check_ways(self, loaded: Mapping[str, Any], **_more: Any) -> None:
        known = {tick(topic.name, way) for topic in topics() for way in Way}
        if unknown := [name for name in loaded["ways"] if name not in known]:
            raise ValidationError(_("There is no “%(name)s”.", name=unknown[0][:80]), "ways")

    @post_load
    def _by_topic(self, loaded: dict[str, Any], **_more: Any) -> dict[str, Any]:
        ticked = set(loaded["ways"])
        ways = {topic.name: [way for way in Way if tick(topic.name, way) in ticked] for topic in topics()}
        return {**loaded, "ways": ways}


class PageForm(PreferencesForm):
    """The page has a second button, which also sends a test."""

    then = fields.Str(load_default="")


def tick(topic: str, way: Way) -> str:
    """The value of a box in the table of topics and ways."""
    return f"{topic}:{way}"


def filled(preferences: Preferences) -> dict[str, Any]:
    """What the form shows for these."""
    clock = {name: getattr(preferences, name) for name in CLOCKS}
    return {
        "pace": preferences.pace.value,
        "summary": preferences.summary,
        "ways": ticked(preferences),
        **{name: f"{at:%H:%M}" if at else "" for name, at in clock.items()},
    }


def ticked(preferences: Preferences) -> Sequence[str]:
    return [tick(topic.name, way) for topic in topics() for way in Way if way in preferences.ways(topic)]
