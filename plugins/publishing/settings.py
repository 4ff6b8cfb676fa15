"""The space's panel: what it has decided about its posts."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError, fields, validate

from host import Account, Form, SettingsPanel, User, _, current_account, current_user, may_administer, require
from plugins.publishing.links import NETWORK, tagged, template_of
from plugins.publishing.policy import Policy

HOUR, MINUTE = 3600, 60  # seconds
MOST_HOURS, MOST_MINUTES = 14 * 24, 24 * 60
SAMPLE = "https://example.org/tea?size=small"
SHOWN = ("mastodon", "x")

bp = Blueprint("publishing_settings", __name__)


class Utm(fields.Str):
    """What is added to links, as it is kept."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        try:
            return template_of(str(text))
        except ValueError as error:
            raise ValidationError(str(error)) from error


def _number(most: int) -> Any:
    said = _("A whole number from 0 to %(most)s.", most=most)
    return fields.Int(
        required=True,
        validate=validate.Range(0, most, error=said),
        error_messages={"invalid": said, "required": said, "null": said, "too_large": said},
    )


class PolicyForm(Form):
    grace_hours = _number(MOST_HOURS)
    gap_minutes = _number(MOST_MINUTES)
    approval = fields.Bool(load_default=False)
    alt_text = fields.Bool(load_default=False)
    always_ask = fields.Bool(load_default=False)
    utm = Utm(load_default="")


def read(account: Account) -> Mapping[str, Any]:
    policy = Policy.of(account.id)
    told = {name: getattr(policy, name) for name in ("approval", "alt_text", "always_ask", "utm")}
    return {**told, "grace_hours": policy.grace_seconds // HOUR, "gap_minutes": policy.gap_seconds // MINUTE}


def save(account: Account, values: Mapping[str, Any], _actor: User) -> None:
    policy = Policy.kept(account)
    policy.grace_seconds, policy.gap_seconds = values["grace_hours"] * HOUR, values["gap_minutes"] * MINUTE
    policy.approval, policy.alt_text = values["approval"], values["alt_text"]
    policy.always_ask, policy.utm = values["always_ask"], values["utm"]


def context(account: Account) -> Mapping[str, Any]:
    return {"samples": samples(Policy.of(account.id).utm), "network": NETWORK}


@bp.get("/settings/links")
def links() -> ResponseReturnValue:
    """What links would become, while it is typed."""
    require(may_administer(current_user))
    typed = request.args.get("utm", Policy.of(current_account.id).utm)
    try:
        return render_template("publishing/_links.html", samples=samples(template_of(typed)))
    except ValueError as error:
        return render_template("publishing/_links.html", samples=(), wrong=str(error))


def samples(template: str) -> list[str]:
    return [tagged(SAMPLE, template, network) for network in (SHOWN if NETWORK in template else SHOWN[:1])]


PANEL = SettingsPanel(
    key="publishing",
    level="account",
    title=_("Publishing"),
    summary=_("How posts of this space go out. Accounts are connected under Posts, Connections."),
    icon="send",
    form=PolicyForm,
    read=read,
    save=save,
    context=context,
    template="publishing/settings.html",
    allowed=lambda actor, _account: may_administer(actor),
)
