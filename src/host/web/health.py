"""Whether the program is well, for whoever watches over it."""

from importlib.metadata import version

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from host.jobs import health
from host.web.login import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def show() -> ResponseReturnValue:
    """Counts only: it is open to anybody who reaches the server."""
    return jsonify(status="ok", version=version("fallow"), jobs=health.counts())
