"""What is typed of a webhook, by people and by programs."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from host import Form
from plugins.webhooks.webhook import Format, Webhook


class OneOrMany(fields.List[str]):
    """Boxes of a form: one that is ticked comes by itself."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> list[Any]:
        return super()._deserialize(value if isinstance(value, list) else [value], attr, data, **more)


class WebhookForm(Form):
    name = fields.Str(load_default="")
    url = fields.Str(load_default="")
    format = fields.Enum(Format, by_value=True, load_default=Format.JSON)
    plain_signature = fields.Bool(load_default=False)
    all_events = fields.Bool(load_default=False)
    events = OneOrMany(fields.Str(), load_default=list)


def values_of(loaded: Mapping[str, Any]) -> dict[str, Any]:
    """As the webhook takes them."""
    given = {name: loaded[name] for name in ("name", "url", "format", "plain_signature")}
    return {**given, "events": None if loaded["all_events"] else loaded["events"]}


def typed_of(webhook: Webhook) -> dict[str, Any]:
    """As the form shows what is kept."""
    return {
        "name": webhook.name,
        "url": webhook.url,
        "format": webhook.format.value,
        "plain_signature": webhook.plain_signature,
        "all_events": webhook.events is None,
        "events": webhook.events or [],
    }


def typed_in(form: Any) -> dict[str, Any]:
    """As the form shows what was sent and refused."""
    one = {name: form.get(name, "") for name in ("name", "url", "format", "plain_signature", "all_events")}
    return {**one, "events": form.getlist("events")}
