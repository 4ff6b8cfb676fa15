"""The JSON API of connections. What they sign in with is never given out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host import NotFound, Utc, _, api_blueprint, current_user, db
from plugins.publishing.connection import Connection
from plugins.publishing.ending import ends_at
from plugins.publishing.outcomes import Remedy
from plugins.publishing.slot import Slot, read_time

bp = api_blueprint(
    "publishing_connections_api", __name__, url_prefix="/connections", description="Accounts on which one may publish"
)


class SlotSchema(Schema):
    weekday = fields.Int(strict=True, required=True, metadata={"description": "0 is Monday"})
    time = fields.Str(required=True, metadata={"description": "By your clock: 09:30"})


class ConnectionSchema(Schema):
    id = fields.Int()
    network = fields.Str(attribute="platform")
    handle = fields.Str()
    title = fields.Str()
    owner_id = fields.Int(allow_none=True, metadata={"description": "null: the space's"})
    shared = fields.Bool(metadata={"description": "Whether all of the space publishes by it"})
    held_why = fields.Str(allow_none=True, metadata={"description": "Why its posts wait; null: it publishes"})
    remedy = fields.Enum(Remedy, by_value=True, allow_none=True, metadata={"description": "What would help"})
    ends_at = fields.Function(lambda each: _iso(ends_at(each)), metadata={"type": ["string", "null"]})
    published_at = Utc(allow_none=True, metadata={"description": "The last time"})
    created_at = Utc()
    slots = fields.Function(lambda each: slots_of(each), metadata={"type": "array", "items": {"type": "object"}})


class ConnectionChange(Schema):
    shared = fields.Bool()
    slots = fields.List(fields.Nested(SlotSchema), metadata={"description": "All at which it likes to publish"})


@bp.route("")
class Connections(MethodView):
    @bp.response(200, ConnectionSchema(many=True))
    def get(self) -> Sequence[Connection]:
        """Those that you may publish by. New ones are connected in the browser."""
        return Connection.known_to(current_user)


@bp.route("/<int:id>")
class OneConnection(MethodView):
    @bp.response(200, ConnectionSchema)
    def get(self, id: int) -> Connection:  # noqa: A002
        """One of them."""
        return _one_of(id)

    @bp.arguments(ConnectionChange)
    @bp.response(200, ConnectionSchema)
    def patch(self, given: dict[str, Any], id: int) -> Connection:  # noqa: A002
        """Share it with the space or keep it to yourself, and give it its slots. For its owner."""
        connection = _one_of(id)
        _change(connection, given)
        db.session.commit()
        return connection

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Disconnect it: its keys are forgotten, and its posts wait until it is connected again."""
        _one_of(id).disconnect(current_user)
        db.session.commit()


def slots_of(connection: Connection) -> list[dict[str, Any]]:
    return [{"weekday": each.weekday, "time": each.words} for each in Slot.of(connection)]


def _one_of(id: int) -> Connection:  # noqa: A002
    """As `Connection.one_of`, which makes the feed where it is not there yet: nothing for a request that only reads."""
    found = next((each for each in Connection.known_to(current_user) if each.id == id), None)
    if found is None:
        raise NotFound(_("There is no such connection."))
    return found


def _change(connection: Connection, given: Mapping[str, Any]) -> None:
    if "shared" in given and given["shared"] != connection.shared:
        change = connection.share if given["shared"] else connection.keep_private
        change(current_user)
    if "slots" in given:
        connection.require_change(current_user)
        Slot.replace(connection, [read_time(str(each["weekday"]), each["time"]) for each in given["slots"]])


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
