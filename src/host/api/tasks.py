"""Periodic tasks, for who looks after the installation."""

from collections.abc import Sequence

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import Utc
from host.jobs import JobState, listing
from host.permissions import may_operate, require
from host.web.login import current_user

bp = api_blueprint("api_tasks", __name__, url_prefix="/tasks", description="Periodic tasks")


class TaskRunSchema(Schema):
    id = fields.Int()
    state = fields.Enum(JobState, by_value=True)
    slot = Utc(allow_none=True, metadata={"description": "The time of the schedule; none if asked for by hand"})
    summary = fields.Str(allow_none=True, metadata={"description": "What it did, or why it failed"})
    job_id = fields.Int(allow_none=True, metadata={"description": "Its job, which tells how far it is"})
    asked_by_id = fields.Int(allow_none=True)
    created_at = Utc()
    started_at = Utc(allow_none=True)
    finished_at = Utc(allow_none=True)


class TaskSchema(Schema):
    name = fields.Str(attribute="periodic.name")
    title = fields.Str(attribute="periodic.title")
    plugin = fields.Str(attribute="periodic.task.plugin")
    schedule = fields.Str(attribute="periodic.schedule.words", metadata={"description": "In words"})
    catch_up = fields.Bool(
        attribute="periodic.catch_up", metadata={"description": "Whether a time that was missed runs late"}
    )
    paused = fields.Bool()
    coming = fields.Function(
        lambda row: [at.isoformat() for at in row.coming()],
        metadata={
            "type": "array",
            "items": {"type": "string", "format": "date-time"},
            "description": "Its next five times; none while it is paused",
        },
    )
    last = fields.Nested(TaskRunSchema, allow_none=True, metadata={"description": "Its newest run"})


@bp.route("")
class Tasks(MethodView):
    @bp.response(200, TaskSchema(many=True))
    def get(self) -> Sequence[listing.TaskRow]:
        """The periodic tasks of the plugins that are on, by name."""
        require(may_operate(current_user))
        return listing.tasks()


@bp.route("/<name>")
class OneTask(MethodView):
    @bp.response(200, TaskSchema)
    def get(self, name: str) -> listing.TaskRow:
        """One of them."""
        require(may_operate(current_user))
        return listing.task(name)
