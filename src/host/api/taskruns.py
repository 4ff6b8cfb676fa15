"""Runs of a periodic task."""

from typing import Any

from flask import Response
from flask.views import MethodView
from sqlalchemy import select

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.tasks import TaskRunSchema
from host.db import db
from host.jobs import TaskRun
from host.jobs.known import periodic
from host.jobs.periodic import run_now
from host.permissions import may_operate, require
from host.web.login import current_user

bp = api_blueprint("api_task_runs", __name__, description="Runs of periodic tasks")


@bp.route("/tasks/<name>/runs")
class TaskRuns(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, TaskRunSchema(many=True))
    def get(self, args: dict[str, Any], name: str) -> Response:
        """Its runs, the newest first; they are kept for 90 days. Index: ix_task_run_task_id."""
        require(may_operate(current_user))
        runs = select(TaskRun).where(TaskRun.task == periodic(name).name).order_by(TaskRun.id.desc())
        return paged(runs, args, TaskRunSchema())

    @bp.response(202, TaskRunSchema)
    def post(self, name: str) -> TaskRun:
        """Run it now, paused or not; 409 while a run goes on. What it did is said by the run, once that has ended."""
        require(may_operate(current_user))
        run = run_now(name, current_user)
        db.session.commit()
        return run
