"""What a person does about a post on one connection: take it back, send it again, answer whether it is out."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from host import Fault, Invalid, NotFound, _, current_user, db
from plugins.publishing import answering, scheduling
from plugins.publishing.calendar_pages import place_asked
from plugins.publishing.drafting import require_author
from plugins.publishing.post import Post
from plugins.publishing.sheet import moment
from plugins.publishing.slot import next_free
from plugins.publishing.target import Target

bp = Blueprint("publishing_targets", __name__)


@bp.post("/targets/<int:id>/cancellation")
def cancel(id: int) -> ResponseReturnValue:  # noqa: A002
    target = _mine(id)
    return _done(target, lambda: scheduling.cancel(target, current_user), _("Taken back. It stays here."))


@bp.post("/targets/<int:id>/retry")
def retry(id: int) -> ResponseReturnValue:  # noqa: A002
    """Now."""
    target = _mine(id)
    return _done(target, lambda: scheduling.again(target, current_user), _("It goes out now."))


@bp.post("/targets/<int:id>/time")
def time(id: int) -> ResponseReturnValue:  # noqa: A002
    """Another one, as it was typed."""
    target = _mine(id)
    return _done(target, lambda: _at(target, request.form.get("at", "")), _("It has its time."))


@bp.post("/targets/<int:id>/slot")
def slot(id: int) -> ResponseReturnValue:  # noqa: A002
    """At the next free one of its connection."""
    target = _mine(id)
    return _done(target, lambda: _in_slot(target), _("It has its time."))


@bp.post("/targets/<int:id>/answer")
def answer(id: int) -> ResponseReturnValue:  # noqa: A002
    """Was this published?"""
    target = _mine(id)
    return _done(target, lambda: _answer(target), _("Thank you. What waited behind it goes on."))


def _mine(id: int) -> Target:  # noqa: A002
    found = select(Target).join(Target.post).where(Target.id == id, Post.seen_by(current_user))
    target = db.session.scalars(found).first()
    if target is None:
        raise NotFound(_("There is no such post."))
    require_author(target.post, current_user)
    return target


def _done(target: Target, act: Callable[[], None], said: str) -> ResponseReturnValue:
    post_id = target.post_id
    try:
        act()
        db.session.commit()
    except Fault as fault:
        db.session.rollback()
        flash(fault.message, "failed")
    else:
        flash(said)
    return redirect(url_for("publishing_posts.show", id=post_id, **place_asked()), 303)


def _at(target: Target, typed: str) -> None:
    at = moment(typed, "at", current_user.timezone)
    if at is None:
        raise Invalid({"at": [_("Choose a day and a time.")]})
    scheduling.again(target, current_user, at.at)


def _in_slot(target: Target) -> None:
    at = next_free(target.connection, current_user.timezone)
    if at is None:
        raise Fault(_("%(handle)s has no slots. They are set with the connection.", handle=target.connection.handle))
    scheduling.again(target, current_user, at)


def _answer(target: Target) -> None:
    match request.form.get("is"):
        case "there":
            answering.it_is_there(target, current_user, request.form.get("url", ""))
        case "again":
            answering.send_it_again(target)
        case "discarded":
            answering.discard_it(target, current_user)
        case _:
            raise Invalid({"is": [_("Choose one of the answers.")]})
