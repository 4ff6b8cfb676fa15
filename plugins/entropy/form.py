"""The form in which a period is chosen: a preset, an amount of some unit, never, or what the space says."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, post_load, pre_load, validate, validates_schema

from host import Form, _
from plugins.entropy.duration import LIMITS, Duration, Unit, within_limits
from plugins.entropy.period import DEFAULT_SECONDS, Period

PRESETS = (7, 14, 30, 60, 90)  # days
CUSTOM, NEVER, FOLLOW = "custom", "never", "default"
CHOICES = (*map(str, PRESETS), CUSTOM, NEVER)

_whole: dict[str, Any] = {"invalid": _("Use a whole number."), "null": _("How many?"), "too_large": LIMITS}
_one_of = _("Choose one of these.")


class PeriodForm(Form):
    """Loads to `seconds` (None for never), and `follows` where a board is to have no period of its own."""

    period = fields.Str(
        required=True, validate=validate.OneOf(CHOICES, error=_one_of), error_messages={"required": _one_of}
    )
    amount = fields.Int(error_messages=_whole)
    unit = fields.Enum(Unit, by_value=True, load_default=Unit.DAYS, error_messages={"unknown": _one_of})

    @pre_load
    def _drop_what_was_not_chosen(self, sent: Mapping[str, Any], **_more: Any) -> Mapping[str, Any]:
        """The amount lies in the form whatever is chosen; only Custom looks at it."""
        ignored = () if sent.get("period") == CUSTOM else ("amount", "unit")
        return {key: value for key, value in sent.items() if key not in ignored}

    @validates_schema
    def _check_amount(self, loaded: Mapping[str, Any], **_more: Any) -> None:
        if loaded["period"] == CUSTOM and "amount" not in loaded:
            raise ValidationError(_("How many?"), "amount")
        if loaded["period"] == CUSTOM and not within_limits(_seconds(loaded) or 0):
            raise ValidationError(LIMITS, "amount")

    @post_load
    def _in_seconds(self, loaded: dict[str, Any], **_more: Any) -> dict[str, Any]:
        return {**loaded, "seconds": _seconds(loaded), "follows": loaded["period"] == FOLLOW}


class AccountForm(PeriodForm):
    golden_stays = fields.Bool(load_default=False)


class BoardForm(PeriodForm):
    period = fields.Str(
        required=True, validate=validate.OneOf((*CHOICES, FOLLOW), error=_one_of), error_messages={"required": _one_of}
    )


def filled(period: Period) -> dict[str, Any]:
    """What the form shows for a period."""
    seconds = period.seconds
    amount, unit = Duration.of(seconds or DEFAULT_SECONDS)
    preset = unit is Unit.DAYS and amount in PRESETS
    choice = NEVER if seconds is None else str(amount) if preset else CUSTOM
    return {"period": choice, "amount": amount, "unit": unit.value}


def _seconds(loaded: Mapping[str, Any]) -> int | None:
    if loaded["period"] == CUSTOM:
        return Duration(loaded["amount"], loaded["unit"]).seconds
    return int(loaded["period"]) * Unit.DAYS.seconds if loaded["period"].isdigit() else None
