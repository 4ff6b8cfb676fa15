"""The plugins, and how they fare."""

from flask import Response, jsonify
from flask.views import MethodView

from host.api.blueprint import api_blueprint
from host.permissions import may_administer, require
from host.plugging import plugins
from host.plugging.listing import row
from host.web.login import current_user

bp = api_blueprint("api_plugins", __name__, description="Plugins, and how they fare")


@bp.route("/plugins")
class Plugins(MethodView):
    def get(self) -> Response:
        require(may_administer(current_user))
        return jsonify([row(plugins(), each) for each in plugins()])
