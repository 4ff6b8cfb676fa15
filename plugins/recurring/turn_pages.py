"""What is done with a queue by one button: pause it, go on, run it now, leave a day out, delete it. Each leads back to
the page where it was pressed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue

from host import Fault, Invalid, _, back_to, current_user, db, short_day
from plugins.recurring import changing
from plugins.recurring.changing import Plan
from plugins.recurring.queue import Queue

bp = Blueprint("recurring_turns", __name__)


@bp.post("/queues/<int:id>/pause")
def pause(id: int) -> ResponseReturnValue:  # noqa: A002
    return _done(id, lambda queue: changing.pause(queue, current_user), _("Paused. Nothing runs until you resume it."))


@bp.post("/queues/<int:id>/resume")
def resume(id: int) -> ResponseReturnValue:  # noqa: A002
    def go_on(queue: Queue) -> str:
        changing.resume(queue)
        return _("It runs next on %(day)s.", day=short_day(queue.next_time)) if queue.next_time else queue.reason or ""

    return _done(id, go_on)


@bp.post("/queues/<int:id>/run")
def run(id: int) -> ResponseReturnValue:  # noqa: A002
    return _done(id, lambda queue: f"{_('It ran now.')} {changing.run_now(queue).why or ''}".strip())


@bp.post("/queues/<int:id>/skipped")
def skip(id: int) -> ResponseReturnValue:  # noqa: A002
    """Leave out a day on which it would run."""
    return _skips(id, lambda days, day: days | {day}, _("It does not run that day."))


@bp.post("/queues/<int:id>/skipped/delete")
def unskip(id: int) -> ResponseReturnValue:  # noqa: A002
    return _skips(id, lambda days, day: days - {day}, _("It runs that day again."))


@bp.post("/queues/<int:id>/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    queue = Queue.to_change(current_user, id)
    changing.delete(queue)
    db.session.commit()
    flash(_("The queue is gone. What it made stays."))
    return back_to(url_for("recurring.index"))


def _skips(id: int, change: Callable[[frozenset[date], date], frozenset[date]], said: str) -> ResponseReturnValue:  # noqa: A002
    Queue.to_change(current_user, id)  # whoever may not know of it is told nothing of the day either
    day = _day()

    def leave_out(queue: Queue) -> str:
        plan = Plan.of(queue)
        changed = replace(plan, skip_dates=change(plan.skip_dates, day))
        return f"{said} {changing.update(queue, changed, current_user)}".strip()

    return _done(id, leave_out)


def _done(id: int, act: Callable[[Queue], str | None], said: str = "") -> ResponseReturnValue:  # noqa: A002
    """What cannot be done is said on the page, and nothing is changed."""
    queue = Queue.to_change(current_user, id)
    address = url_for("recurring.show", id=queue.id)
    try:
        told = act(queue) or said
        db.session.commit()
    except Fault as fault:
        db.session.rollback()
        flash(fault.message, "failed")
    else:
        flash(told)
    return back_to(address)


def _day() -> date:
    try:
        return date.fromisoformat(request.form.get("day", ""))
    except ValueError as error:
        raise Invalid({"day": [_("Choose a day.")]}) from error
