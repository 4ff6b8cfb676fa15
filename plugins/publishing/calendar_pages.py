"""The page of posts: the calendar, and the composer beside it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from host import NavItem, _, current_user, now
from plugins.publishing.calendar import Calendar
from plugins.publishing.composer import Composer
from plugins.publishing.looks import ALWAYS, SOMETIMES
from plugins.publishing.span import Span

KEYS = frozenset(look.key for look in (*ALWAYS, *SOMETIMES))

bp = Blueprint("publishing", __name__)


@bp.get("")
def index() -> ResponseReturnValue:
    return page()


def page(composer: Composer | None = None) -> str:
    """With the composer open, if there is one; the calendar is where the address says, else where its post is."""
    today = now().astimezone(current_user.timezone).date()
    span = Span.asked(request.args.get("view", ""), request.args.get("day", ""), _day_of(composer) or today)
    only = KEYS & set(request.args.getlist("show"))
    selecting = "select" in request.args
    calendar = Calendar(current_user, span, only)
    place = place_of(span, sorted(only), selecting=selecting)
    return render_template(
        "publishing/index.html", calendar=calendar, composer=composer, place=place, selecting=selecting
    )


def place_of(span: Span, only: list[str], *, selecting: bool) -> Mapping[str, Any]:
    """What addresses carry so that they lead back to the same days."""
    place: dict[str, Any] = {"view": span.view.value, "day": span.day.isoformat()}
    if only:
        place["show"] = only
    if selecting:
        place["select"] = "1"
    return place


def place_asked() -> Mapping[str, Any]:
    """The same, of the running request."""
    return {name: request.args.getlist(name) for name in ("view", "day", "show", "select") if name in request.args}


def nav_item() -> NavItem:
    return NavItem(_("Posts"), "/publishing", icon="send", weight=10)


def _day_of(composer: Composer | None) -> date | None:
    if composer is None:
        return None
    at = next((target.due_at for target in composer.post.targets if target.due_at), composer.post.at)
    return at.astimezone(current_user.timezone).date() if at else None
