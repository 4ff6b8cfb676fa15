"""The JSON API of queues: what comes round again, and when."""

from typing import Any

from flask import Response
from flask.views import MethodView
from sqlalchemy import select

from host import Paging, api_blueprint, current_user, db, paged
from plugins.recurring import changing
from plugins.recurring.advice import advice
from plugins.recurring.asked import plan_for, plan_of
from plugins.recurring.forecast import Coming, coming
from plugins.recurring.queue import Queue
from plugins.recurring.queues_schemas import (
    ComingSchema,
    ForecastQuery,
    NewQueue,
    OneQueueSchema,
    QueueChange,
    QueueQuery,
    QueueRunSchema,
    QueueSchema,
)
from plugins.recurring.run import Run

bp = api_blueprint("recurring_queues_api", __name__, url_prefix="/queues", description="What comes round again")


@bp.route("")
class Queues(MethodView):
    @bp.arguments(QueueQuery, location="query")
    @bp.response(200, QueueSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """Those that you may see, with what each repeats, by their next time; completed ones last."""
        return paged(Queue.of(current_user, args["status"]), args, QueueSchema())

    @bp.arguments(NewQueue)
    @bp.response(201, OneQueueSchema)
    def post(self, given: dict[str, Any]) -> Queue:
        """Have something of yours repeated."""
        queue = changing.create(given["kind"], given["original"], plan_of(given, current_user), current_user)
        return _kept(queue)


@bp.route("/<int:id>")
class OneQueue(MethodView):
    @bp.response(200, OneQueueSchema)
    def get(self, id: int) -> Queue:  # noqa: A002
        """A queue, with what its owner should know."""
        return _noted(Queue.one_of(current_user, id))

    @bp.arguments(QueueChange)
    @bp.response(200, OneQueueSchema)
    def patch(self, given: dict[str, Any], id: int) -> Queue:  # noqa: A002
        """Change it; what is left out stays. Another interval is counted from the last run."""
        queue = Queue.to_change(current_user, id)
        return _kept(queue, changing.update(queue, plan_for(queue, given), current_user))

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Remove it and its history. What it made stays."""
        changing.delete(Queue.to_change(current_user, id))
        db.session.commit()


@bp.route("/<int:id>/pause")
class Pause(MethodView):
    @bp.response(200, OneQueueSchema)
    def put(self, id: int) -> Queue:  # noqa: A002
        """Nothing runs until it is resumed. 409 for one that does not run."""
        queue = Queue.to_change(current_user, id)
        changing.pause(queue, current_user)
        return _kept(queue)

    @bp.response(200, OneQueueSchema)
    def delete(self, id: int) -> Queue:  # noqa: A002
        """Resume it, one interval from now at the earliest. 409 for one that is not paused."""
        queue = Queue.to_change(current_user, id)
        changing.resume(queue)
        return _kept(queue)


@bp.route("/<int:id>/runs")
class Runs(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, QueueRunSchema(many=True))
    def get(self, args: dict[str, Any], id: int) -> Response:  # noqa: A002
        """Its history, the latest first."""
        queue = Queue.one_of(current_user, id)
        return paged(select(Run).filter_by(queue_id=queue.id).order_by(Run.occurrence.desc()), args, QueueRunSchema())

    @bp.response(201, QueueRunSchema)
    def post(self, id: int) -> Run:  # noqa: A002
        """Run it now, beside its series; it counts. 409 for one that is completed, and where nothing can be made."""
        run = changing.run_now(Queue.to_change(current_user, id))
        db.session.commit()
        return run


@bp.route("/<int:id>/forecast")
class Forecast(MethodView):
    @bp.arguments(ForecastQuery, location="query")
    @bp.response(200, ComingSchema(many=True))
    def get(self, args: dict[str, Any], id: int) -> list[Coming]:  # noqa: A002
        """Its next runs; none of one that is not active."""
        return list(coming(Queue.one_of(current_user, id), args["count"]))


def _kept(queue: Queue, said: str = "") -> Queue:
    db.session.commit()
    return _noted(queue, said)


def _noted(queue: Queue, said: str = "") -> Queue:
    queue.notes = [*([said] if said else []), *advice(queue)]  # type: ignore[attr-defined]  # for this one answer
    return queue
