"""How jobs fare as a whole, and pausing them all."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import Utc
from host.db import db
from host.jobs import health, pauses
from host.permissions import may_operate, require
from host.web.login import current_user

bp = api_blueprint("api_job_health", __name__, url_prefix="/jobs", description="How jobs fare as a whole")


class JobHealthSchema(Schema):
    waiting = fields.Int(metadata={"description": "Due, and not begun"})
    scheduled = fields.Int(metadata={"description": "For a later time"})
    running = fields.Int()
    failed = fields.Int()
    parked = fields.Int(metadata={"description": "Their plugin is absent"})
    oldest_waiting_seconds = fields.Float(metadata={"description": "For how long the oldest has been due"})
    paused_at = Utc(allow_none=True, metadata={"description": "Since when no job begins; null while they run"})


@bp.route("/health")
class JobHealth(MethodView):
    @bp.response(200, JobHealthSchema)
    def get(self) -> dict[str, Any]:
        """How many jobs there are in each state, and whether they run."""
        require(may_operate(current_user))
        return _told()


@bp.route("/pause")
class JobPause(MethodView):
    @bp.response(200, JobHealthSchema)
    def put(self) -> dict[str, Any]:
        """Let workers begin no job. What runs is finished, what waits goes on waiting."""
        require(may_operate(current_user))
        pauses.pause_all(current_user)
        db.session.commit()
        return _told()

    post = put

    @bp.response(200, JobHealthSchema)
    def delete(self) -> dict[str, Any]:
        """Let workers begin jobs again."""
        require(may_operate(current_user))
        pauses.resume_all()
        db.session.commit()
        return _told()


def _told() -> dict[str, Any]:
    return health.counts() | {"paused_at": pauses.all_paused_at()}
