"""Activity: what happened, a day a page, on all boards that one sees; and the page of a person."""

from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host.clock import now
from host.db import db
from host.filters import Filter
from host.models import User
from host.web.dayview import DayView
from host.web.forms import from_htmx
from host.web.happenings import Happenings
from host.web.login import current_account, current_user

bp = Blueprint("activity", __name__)


@bp.get("/activity")
def index() -> ResponseReturnValue:
    """By day; `board` and `person` may be given several times."""
    asked = Filter.kept({"board": request.args.getlist("board"), "creator": request.args.getlist("person")}).asked
    boards, people = (list(map(int, asked.get(name, ()))) for name in ("board", "creator"))
    words = {name: values for name, values in (("board", boards), ("person", people)) if values}
    view = _view(Happenings(current_user, boards, people), "activity.index", words)
    return _page("activity/index.html", view, boards_asked=boards, people_asked=people)


@bp.get("/people/<int:id>")
def person(id: int) -> ResponseReturnValue:  # noqa: A002
    """Somebody of the space: what is theirs, and what they did."""
    who = current_account.person(id)
    view = _view(Happenings(current_user, people=[who.id]), "activity.person", {"id": who.id})
    return _page("activity/person.html", view, person=who)


def _page(template: str, view: DayView, **context: Any) -> str:
    if from_htmx():
        return render_template("activity/_day.html", view=view)
    shown = db.session.scalars(current_user.boards).all()
    return render_template(template, view=view, some_boards=shown, people=_people(), **context)


def _people() -> list[User]:
    return current_account.people


def _view(happenings: Happenings, endpoint: str, words: dict[str, Any]) -> DayView:
    """Of the day in the address, else of the last one that has something to tell."""
    day = _day(request.args.get("day", "")) or happenings.last_day() or now().astimezone(current_user.timezone).date()
    return DayView(happenings, day, partial(url_for, endpoint, **words), request.args.get("only", ""))


def _day(text: str) -> date | None:
    """One that no calendar has, or that lies beyond what can be counted from, is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year < 9000 else None
