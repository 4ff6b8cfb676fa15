"""Who is asking: the person behind the session cookie (Flask-Login) or the API token."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar, cast

import flask_login
from flask import Flask, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.local import LocalProxy

from host.clock import now
from host.db import db
from host.errors import Fault
from host.i18n import _
from host.models import Account, User, UserSession

RENEWED = "renewed_on"  # in the session's cookie

View = TypeVar("View", bound=Callable[..., Any])


class SignedOut(Fault):
    """Whose page is still open; the script on it says so, or loads it again."""

    status = HTTPStatus.UNAUTHORIZED

    def __init__(self) -> None:
        super().__init__(_("You are signed out. Keep what you typed, then load the page again to sign in."))


def _user() -> User:
    return cast("User", g.token.user if "token" in g else flask_login.current_user)


current_user = cast("User", LocalProxy(_user))
current_account = cast("Account", LocalProxy(lambda: _user().account))


def public(view: View) -> View:
    """Mark a page that needs no sign-in."""
    function: Any = getattr(view, "__func__", view)
    function.is_public = True  # a bound method takes no attribute of its own
    return view


def signed_in() -> bool:
    return bool(current_user.is_authenticated)


def current_session_id() -> int:
    """The sign-in of this device, for what is to end with it. Raises SignedOut where there is none, as with a token."""
    found = UserSession.id_of(current_user.session_key or "")
    if found is None:
        raise SignedOut
    return found


def sign_in(user: User) -> None:
    """Begin a session on this device; what the visitor's cookie held before is dropped."""
    session.clear()
    session.permanent = True
    flask_login.login_user(UserSession.open(user, request.user_agent.string))
    db.session.commit()


def sign_out() -> None:
    """End this device's session."""
    if signed_in() and current_user.session_key:
        UserSession.close(current_user.session_key)
        db.session.commit()
    flask_login.logout_user()
    session.clear()


def init(app: Flask) -> None:
    manager = flask_login.LoginManager(app)
    manager.session_protection = None  # a laptop changes its address; each session can be revoked
    manager.user_loader(UserSession.user_for)
    app.before_request(_require_sign_in)


def _require_sign_in() -> ResponseReturnValue | None:
    """Every page is closed unless marked public; unknown addresses give their 404 to anybody."""
    view = _current_view()
    if view is None or getattr(view, "is_public", False):
        return None
    if request.blueprint and getattr(_blueprint(), "authenticates", False):
        return None
    if signed_in():
        _renew()
        return None
    if not Account.any() and session.get("may_welcome"):
        return redirect(url_for("welcome.show"))
    if request.headers.get("HX-Request") == "true":  # it would put the page to sign in wherever the answer belongs
        raise SignedOut
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sessions.new", next=wanted))


def _renew() -> None:
    """A sign-in lasts so long from the last day on which it was used. With every answer would be too often: no two
    requests of a browser would be alike, and the cookie of one tab would overtake what another's holds."""
    today = now().date().isoformat()
    if session.permanent and session.get(RENEWED) != today:
        session[RENEWED] = today


def _current_view() -> Callable[..., Any] | None:
    from flask import current_app

    return current_app.view_functions.get(request.endpoint or "")


def _blueprint() -> Any:
    from flask import current_app

    return current_app.blueprints.get(request.blueprint or "")
