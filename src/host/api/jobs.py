"""Jobs, for who looks after the installation."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.schemas import Utc
from host.db import db
from host.jobs import Job, JobState, listing, mending
from host.jobs.outcome import last_line
from host.permissions import may_operate, require
from host.web.login import current_user

bp = api_blueprint("api_jobs", __name__, url_prefix="/jobs", description="Jobs: what waits, runs and failed")


class JobPaging(Paging):
    state = fields.Enum(JobState, by_value=True, load_default=None)
    task = fields.Str(load_default=None, metadata={"description": "The name of a task, or of a plugin"})


class JobSchema(Schema):
    id = fields.Int()
    task = fields.Str()
    state = fields.Enum(JobState, by_value=True, attribute="shown_state")
    run_at = Utc(metadata={"description": "When it is due"})
    attempts = fields.Int()
    most_attempts = fields.Int()
    progress = fields.Int(allow_none=True)
    progress_of = fields.Int(allow_none=True)
    summary = fields.Str(allow_none=True)
    reason = fields.Function(
        lambda job: last_line(job.error) if job.error else None,
        metadata={"type": ["string", "null"], "description": "Why its last try failed"},
    )
    created_at = Utc()
    started_at = Utc(allow_none=True)
    finished_at = Utc(allow_none=True)


class WholeJobSchema(JobSchema):
    payload = fields.Dict()
    key = fields.Str(allow_none=True)
    lane = fields.Str(allow_none=True)
    priority = fields.Int()
    worker = fields.Str(allow_none=True)
    error = fields.Str(allow_none=True, metadata={"description": "The last traceback"})


class RetriesChoice(Schema):
    task = fields.Str(load_default=None, metadata={"description": "Of a task, or of a plugin; all if left out"})


class RetriesSchema(Schema):
    jobs = fields.Int(metadata={"description": "How many run again"})


@bp.route("")
class Jobs(MethodView):
    @bp.arguments(JobPaging, location="query")
    @bp.response(200, JobSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """Jobs, the newest first; of one state in the order in which they are due, or ended."""
        require(may_operate(current_user))
        return paged(listing.jobs(args["state"], args["task"]), args, JobSchema())


@bp.route("/retries")
class Retries(MethodView):
    @bp.arguments(RetriesChoice)
    @bp.response(202, RetriesSchema)
    def post(self, given: dict[str, Any]) -> dict[str, int]:
        """Run all failed jobs again, or those of one task or plugin."""
        require(may_operate(current_user))
        again = mending.retry_all(given["task"])
        db.session.commit()
        return {"jobs": again}


@bp.route("/<int:id>")
class OneJob(MethodView):
    @bp.response(200, WholeJobSchema)
    def get(self, id: int) -> Job:  # noqa: A002
        """A job with its payload and its last traceback."""
        require(may_operate(current_user))
        return mending.find(id)

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Discard it: one that failed, waits or is parked; 409 otherwise."""
        require(may_operate(current_user))
        mending.discard(id)
        db.session.commit()


@bp.route("/<int:id>/retry")
class Retry(MethodView):
    @bp.response(202, WholeJobSchema)
    def post(self, id: int) -> Job:  # noqa: A002
        """Run a failed job again; 409 for any other."""
        require(may_operate(current_user))
        mending.retry(id)
        db.session.commit()
        return mending.find(id)


@bp.route("/<int:id>/run")
class Run(MethodView):
    @bp.response(202, WholeJobSchema)
    def post(self, id: int) -> Job:  # noqa: A002
        """Run a job now that waits for a later time; 409 for one that does not wait."""
        require(may_operate(current_user))
        mending.bring_forward(id)
        db.session.commit()
        return mending.find(id)
