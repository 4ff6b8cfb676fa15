"""Connecting an account: what a person enters, where they go, and the way back."""

from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host import Fault, Invalid, NotFound, Priority, _, absolute_url_for, current_user, db, schedule
from plugins.publishing.connecting import begin, finish
from plugins.publishing.connection import Connection
from plugins.publishing.doors import OAuth
from plugins.publishing.platform import Platform
from plugins.publishing.platforms import platforms
from plugins.publishing.visit import ENTERED, Visit, mark_of

bp = Blueprint("publishing_visits", __name__)


@bp.route("/connections/new/<platform>", methods=["GET"])
def new(platform: str) -> ResponseReturnValue:
    return _form(_network(platform), _known())


@bp.post("/connections/new/<platform>")
def create(platform: str) -> ResponseReturnValue:
    network = _network(platform)
    try:
        visit = Visit.begin(current_user, platform, request.form, _redirect())
    except Invalid as invalid:
        db.session.rollback()
        return _form(network, request.form, invalid), invalid.status
    schedule(begin, key=str(visit.id), priority=Priority.HIGH, visit_id=visit.id)
    db.session.commit()
    return _to(visit)


@bp.get("/visits/<int:id>")
def show(id: int) -> ResponseReturnValue:  # noqa: A002
    return _visit(Visit.one_of(current_user, id))


@bp.get("/visits/return")
def back() -> ResponseReturnValue:
    """From the network. Who came is asked before the transaction begins in which the visit moves on."""
    if request.method == "HEAD":  # a look ahead must not use the way back up
        return ""
    person_id, asked = current_user.id, request.args
    db.session.rollback()
    mark = mark_of(asked.get("state", ""))
    if "error" in asked:
        visit = Visit.was_refused(person_id, mark, asked["error"])
    else:
        visit = _exchange(person_id, mark, asked.get("code", ""))
    db.session.commit()
    return _to(visit)


@bp.post("/visits/<int:id>/code")
def paste(id: int) -> ResponseReturnValue:  # noqa: A002
    """The last resort: the code, or the whole address of the page on which the person ended."""
    visit = Visit.one_of(current_user, id)
    mark, code = _pasted(request.form.get("code", ""), visit)
    try:
        _exchange(current_user.id, mark, code)
    except Fault as fault:
        db.session.rollback()
        return _visit(Visit.one_of(current_user, id), fault), fault.status
    db.session.commit()
    return _to(visit)


def _exchange(person_id: int, mark: str, code: str) -> Visit:
    """Before anything else that waits: some codes are good for half a minute."""
    visit = Visit.came_back(person_id, mark, code.strip())
    schedule(finish, key=str(visit.id), priority=Priority.HIGH, visit_id=visit.id)
    return visit


def _pasted(typed: str, visit: Visit) -> tuple[str, str]:
    """Whose visit it is by what was pasted, and the code."""
    text = typed.strip()
    if "://" not in text:
        return visit.mark, text
    try:
        said = parse_qs(urlsplit(text).query)
    except ValueError:  # half of an IPv6 address
        said = {}
    state = said.get("state", [""])[0]
    return mark_of(state) if state else visit.mark, said.get("code", [""])[0]


def _network(platform: str) -> Platform:
    network = platforms().get(platform)
    if network is None or network.door is None:
        raise NotFound(_("There is no such network to connect."))
    return network


def _known() -> dict[str, str]:
    """What was entered the last time, of the connection that is to be connected again."""
    asked = request.args.get("again", 0, type=int)
    again = db.session.get(Connection, asked) if 0 < asked < 2**63 else None
    if again is None or not again.may_change(current_user):
        return {}
    found: dict[str, str] = again.profile.get(ENTERED, {})
    return found


def _redirect() -> str:
    return absolute_url_for("publishing_visits.back")


def _form(network: Platform, values: object, refused: Invalid | None = None) -> str:
    goes = isinstance(network.door, OAuth)
    errors = refused.errors if refused else {}
    return render_template(
        "publishing/connect.html", network=network, values=values, errors=errors, redirect=_redirect() if goes else ""
    )


def _visit(visit: Visit, refused: Fault | None = None) -> str:
    network = platforms().get(visit.platform)
    return render_template("publishing/visit.html", visit=visit, network=network, refused=refused)


def _to(visit: Visit) -> ResponseReturnValue:
    return redirect(url_for("publishing_visits.show", id=visit.id), 303)
