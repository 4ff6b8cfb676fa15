"""The space's panel: how many days each network is left alone between two runs of a queue."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, pre_load, validate

from host import Account, Form, SettingsPanel, User, _, may_administer
from plugins.publishing import known_networks
from plugins.recurring.gaps import STANDING, Gaps

MOST_DAYS = 365
PREFIX = "days-"  # of a network's field
SAID = _("A whole number from 0 to %(most)s.", most=MOST_DAYS)


class GapsForm(Form):
    """A field for each network, whichever there are."""

    days = fields.Dict(
        keys=fields.Str(),
        values=fields.Int(
            validate=validate.Range(0, MOST_DAYS, error=SAID),
            error_messages={"invalid": SAID, "null": SAID, "too_large": SAID},
        ),
        required=True,
    )

    @pre_load
    def by_network(self, sent: Mapping[str, Any], **_more: Any) -> Mapping[str, Any]:
        return {"days": {key.removeprefix(PREFIX): sent[key] for key in sent if key.startswith(PREFIX)}}


def read(account: Account) -> Mapping[str, Any]:
    gaps = Gaps.of(account.id)
    return {PREFIX + name: gaps.days(name) for name in known_networks()}


def save(account: Account, values: Mapping[str, Any], _actor: User) -> None:
    """What is as it stands anyway is not kept: a later version may know better."""
    gaps = Gaps.kept(account)
    known = known_networks()
    decided = {name: days for name, days in values["days"].items() if name in known}
    others = {name: days for name, days in gaps.by_network.items() if name not in decided}
    gaps.by_network = {**others, **{name: n for name, n in decided.items() if n != STANDING.get(name, 0)}}


def context(_account: Account) -> Mapping[str, Any]:
    return {"networks": known_networks(), "standing": STANDING, "prefix": PREFIX}


PANEL = SettingsPanel(
    key="recurring",
    level="account",
    title=_("Recurring queues"),
    summary=_("How long a network is left alone before the same queue comes there again."),
    icon="queue",
    form=GapsForm,
    read=read,
    save=save,
    context=context,
    template="recurring/settings.html",
    allowed=lambda actor, _account: may_administer(actor),
)
