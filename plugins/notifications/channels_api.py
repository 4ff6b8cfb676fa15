"""The JSON API of a person's channels. What was entered is never given back."""

from collections.abc import Sequence
from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host import Utc, api_blueprint, current_user, db, schedule
from plugins.notifications.channel import Channel
from plugins.notifications.channel_jobs import try_channel

bp = api_blueprint(
    "notifications_channels_api",
    __name__,
    url_prefix="/notifications/channels",
    description="By which services the token's person is told",
)


class ChannelSchema(Schema):
    id = fields.Int(dump_only=True)
    kind = fields.Str(required=True, metadata={"description": "telegram, ntfy, slack, discord or other"})
    title = fields.Str(load_default="")
    settings = fields.Dict(
        keys=fields.Str(), values=fields.Str(), load_only=True, metadata={"description": "The fields of the service."}
    )
    active = fields.Bool(dump_only=True)
    failing_since = Utc(dump_only=True, allow_none=True)
    last_error = fields.Str(dump_only=True, allow_none=True)
    last_sent_at = Utc(dump_only=True, allow_none=True)
    created_at = Utc(dump_only=True)


@bp.route("")
class Channels(MethodView):
    @bp.response(200, ChannelSchema(many=True))
    def get(self) -> Sequence[Channel]:
        """Your channels."""
        return Channel.of(current_user)

    @bp.arguments(ChannelSchema)
    @bp.response(201, ChannelSchema)
    def post(self, values: dict[str, Any]) -> Channel:
        """Add one."""
        channel = Channel.add(current_user, values["kind"], {**values.get("settings", {}), "title": values["title"]})
        db.session.commit()
        return channel


@bp.route("/<int:id>")
class OneChannel(MethodView):
    @bp.response(200, ChannelSchema)
    def get(self, id: int) -> Channel:  # noqa: A002
        """One of them, also to see how a test went."""
        return Channel.one_of(current_user, id=id)

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Remove it."""
        Channel.one_of(current_user, id=id).remove()
        db.session.commit()


@bp.route("/<int:id>/test")
class ChannelTest(MethodView):
    @bp.response(204)
    def post(self, id: int) -> None:  # noqa: A002
        """Send a test; how it went stands at the channel."""
        channel = Channel.one_of(current_user, id=id)
        schedule(try_channel, key=str(channel.id), channel_id=channel.id)
        db.session.commit()
