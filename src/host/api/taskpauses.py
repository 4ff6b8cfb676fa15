"""Pausing a periodic task."""

from flask.views import MethodView

from host.api.blueprint import api_blueprint
from host.api.tasks import TaskSchema
from host.db import db
from host.jobs import listing, pauses
from host.permissions import may_operate, require
from host.web.login import current_user

bp = api_blueprint("api_task_pauses", __name__, description="Pausing periodic tasks")


@bp.route("/tasks/<name>/pause")
class TaskPauses(MethodView):
    @bp.response(200, TaskSchema)
    def put(self, name: str) -> listing.TaskRow:
        """Let it have no more times of its own; what falls due meanwhile is not caught up."""
        require(may_operate(current_user))
        pauses.pause(name, current_user)
        db.session.commit()
        return listing.task(name)

    post = put

    @bp.response(200, TaskSchema)
    def delete(self, name: str) -> listing.TaskRow:
        """Let it run by itself again, from its next time on."""
        require(may_operate(current_user))
        pauses.resume(name)
        db.session.commit()
        return listing.task(name)
