"""The plugins, and how they fare."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.permissions import may_administer, require
from host.plugging import plugins
from host.plugging.listing import row
from host.web.login import current_user

bp = api_blueprint("api_plugins", __name__, description="Plugins, and how they fare")


class PluginSchema(Schema):
    name = fields.Str()
    state = fields.Str()
    version = fields.Str()
    source = fields.Str()
    enabled = fields.Bool()
    reason = fields.Str(metadata={"description": "Why it is off or failed"})
    faults = fields.Int(metadata={"description": "How often it failed since the start"})
    hooks = fields.List(fields.Str())


@bp.route("/plugins")
class Plugins(MethodView):
    @bp.response(200, PluginSchema(many=True))
    def get(self) -> list[dict[str, Any]]:
        """The plugins that were found, running or not. For admins."""
        require(may_administer(current_user))
        return [row(plugins(), each) for each in plugins()]
