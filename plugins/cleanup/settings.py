"""The panel: each rule with its days and its switch, what would go now, and what went."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, post_load, pre_load

from host import Account, Form, Invalid, SettingsPanel, User, _, may_operate
from plugins.cleanup.models import DAYS, Choice
from plugins.cleanup.standing import Standing

ON, KEEP = "on-", "days-"  # before a rule's key, in the names of fields
LONGEST_NUMBER = 9  # digits


class RulesForm(Form):
    """Loads to `rules`: by key, whether it is on, and its days where they are asked for."""

    rules = fields.Raw(required=True)

    @pre_load
    def _by_rule(self, sent: Mapping[str, str], **_more: Any) -> Mapping[str, Any]:
        standings = Standing.all()
        return {"rules": {each.key: (ON + each.key in sent, sent.get(KEEP + each.key)) for each in standings}}

    @post_load
    def _in_days(self, loaded: dict[str, Any], **_more: Any) -> dict[str, Any]:
        rules, wrong = {}, {}
        for key, (on, typed) in loaded["rules"].items():
            if typed is not None and not _is_number(typed):
                wrong[KEEP + key] = [DAYS]
            else:
                rules[key] = (on, None if typed is None else int(typed))
        if wrong:
            raise ValidationError(wrong)
        return {"rules": rules}


def read(_account: Account) -> Mapping[str, Any]:
    found = Standing.all()
    return {KEEP + each.key: each.days for each in found} | {ON + each.key: "1" for each in found if each.on}


def save(_account: Account, values: Mapping[str, Any], _actor: User) -> None:
    """All or none. Raises Invalid by fields."""
    wrong = {}
    for standing in Standing.all():
        on, days = values["rules"].get(standing.key, (standing.on, None))
        try:
            Choice.choose(standing.rule, days=days, on=on)
        except Invalid as invalid:
            wrong[KEEP + standing.key] = [text for texts in invalid.errors.values() for text in texts]
    if wrong:
        raise Invalid(wrong)


def context(_account: Account) -> Mapping[str, Any]:
    return {"standings": Standing.all(), "on": ON, "keep": KEEP}


PANEL = SettingsPanel(
    key="cleanup",
    level="account",
    title=_("Cleanup"),
    summary=_("What is old is removed once a day, a little at a time. This holds for the whole installation."),
    icon="clean",
    form=RulesForm,
    read=read,
    save=save,
    context=context,
    template="cleanup/settings.html",
    allowed=lambda actor, _account: may_operate(actor),
)


def _is_number(typed: object) -> bool:
    """Not where a field was sent twice."""
    plain = typed.strip() if isinstance(typed, str) else ""
    return plain.isascii() and plain.isdecimal() and len(plain) <= LONGEST_NUMBER
