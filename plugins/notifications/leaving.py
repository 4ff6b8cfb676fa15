"""Leaving the bundles and the summary by a link in a letter, without signing in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from host import by_secret_link, db
from plugins.notifications import choosing
from plugins.notifications.leave_link import leaving

bp = Blueprint("notifications_leaving", __name__)


@bp.get("/leave/<token>")
@by_secret_link
def ask(token: str) -> ResponseReturnValue:
    return render_template("notifications/leave.html", person=leaving(token), token=token, left=False)


@bp.post("/leave/<token>")
@by_secret_link
def leave(token: str) -> ResponseReturnValue:
    """Doing it again changes nothing."""
    person = leaving(token)
    choosing.leave(person)
    db.session.commit()
    return render_template("notifications/leave.html", person=person, token=token, left=True)
