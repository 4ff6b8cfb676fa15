"""The page on which a person adds, tries and removes channels."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue
from marshmallow import INCLUDE, fields

from host import Form, SettingsPanel, User, _, current_user, db, schedule
from plugins.notifications.channel import PAGE, TOPIC, Channel
from plugins.notifications.channel_jobs import try_channel
from plugins.notifications.channel_kinds import kinds

bp = Blueprint("notifications_channels", __name__)


class ChannelForm(Form):
    """Which fields there are is the service's own affair."""

    class Meta:
        unknown = INCLUDE

    kind = fields.Str(load_default="")


def save(person: User, values: Mapping[str, Any], _actor: User) -> None:
    Channel.add(person, values["kind"], values)


def context(person: User) -> Mapping[str, Any]:
    return {"channels": Channel.of(person), "kinds": kinds().values(), "topic": TOPIC, "page": PAGE}


@bp.post("/channels/<int:id>/test")
def test(id: int) -> ResponseReturnValue:  # noqa: A002
    channel = Channel.one_of(current_user, id=id)
    schedule(try_channel, key=str(channel.id), channel_id=channel.id)
    db.session.commit()
    return redirect(PAGE, 303)


@bp.post("/channels/<int:id>/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    Channel.one_of(current_user, id=id).remove()
    db.session.commit()
    return redirect(PAGE, 303)


PANEL = SettingsPanel(
    key="notifications_channels",
    level="person",
    title=_("Channels"),
    summary=_("More ways in which your bundles reach you, besides mail."),
    form=ChannelForm,
    read=lambda _person: {},
    save=save,
    context=context,
    template="notifications/channels.html",
    allowed=lambda actor, person: actor.id == person.id,
    icon="send",
)
