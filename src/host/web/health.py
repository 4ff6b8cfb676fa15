"""Whether the program is well, for whoever watches over it."""

from importlib.metadata import version

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from host.jobs import health
from host.jobs.pauses import all_paused_at
from host.web.login import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def show() -> ResponseReturnValue:
    """Counts only: it is open to anybody who reaches the server."""
    return jsonify(status="ok", version=version("fallow"), jobs=health.counts(), jobs_paused=bool(all_paused_at()))
