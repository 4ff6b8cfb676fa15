"""A post's pages: written, counted, kept, scheduled. Each of its buttons sends the whole form, so that nothing that was
typed is lost, and says in `do` what is wanted."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host import Fault, Invalid, _, current_user, db, require
from plugins.publishing import cloning, removing, scheduling, telling
from plugins.publishing.calendar_pages import page, place_asked
from plugins.publishing.composer import Composer, Errors
from plugins.publishing.connection import Connection
from plugins.publishing.drafting import (
    card_by_number,
    keep_and_publish,
    keep_and_schedule,
    keep_draft,
    keep_meanwhile,
    require_author,
)
from plugins.publishing.post import Overtaken, Post
from plugins.publishing.sheet import Sheet
from plugins.publishing.states import Status
from plugins.publishing.version import Version
from plugins.publishing.wanted import look

bp = Blueprint("publishing_posts", __name__)

KEEPING: dict[str, Callable[..., None]] = {
    "draft": keep_draft,
    "schedule": keep_and_schedule,
    "now": keep_and_publish,
}


@bp.get("/posts/<int:id>")
def show(id: int) -> ResponseReturnValue:  # noqa: A002
    return page(Composer(Post.one_of(current_user, id), current_user))


@bp.post("/posts")
def create() -> ResponseReturnValue:
    card = card_by_number(current_user, request.form.get("card", ""))
    Connection.feed_of(current_user.account)  # to choose from on the page that follows, which only reads
    post = Post.draft(current_user, [card.title if card else ""], card=card)
    telling.show_post(post)
    db.session.commit()
    return redirect(url_for("publishing_posts.show", id=post.id, **place_asked()), 303)


@bp.post("/posts/<int:id>")
def update(id: int) -> ResponseReturnValue:  # noqa: A002
    post = Post.one_of(current_user, id)
    sheet, do = Sheet.typed(post, request.form), request.form.get("do", "look")
    try:
        if do not in KEEPING:
            return page(Composer(post, current_user, look(post, sheet, do, current_user)))
        KEEPING[do](post, sheet, current_user, revision=_revision())
        db.session.commit()
    except Fault as fault:
        return _refused(id, sheet, fault)
    flash(_said(post, do))
    return _back(post)


@bp.post("/posts/<int:id>/count")
def count(id: int) -> ResponseReturnValue:  # noqa: A002
    """Counters, previews and warnings of what is being typed."""
    post = Post.one_of(current_user, id)
    composer = Composer(post, current_user, Sheet.typed(post, request.form))
    return render_template("publishing/_counted.html", composer=composer)


@bp.post("/posts/<int:id>/autosave")
def autosave(id: int) -> ResponseReturnValue:  # noqa: A002
    post = Post.one_of(current_user, id)
    sheet = Sheet.typed(post, request.form)
    try:
        if Composer(post, current_user).is_draft:
            keep_meanwhile(post, sheet, current_user, revision=_revision())
            db.session.commit()
    except Fault as fault:
        db.session.rollback()
        return render_template("publishing/_kept.html", revision=_revision(), unsaved=fault.message)
    return render_template("publishing/_kept.html", revision=post.revision, unsaved="")


@bp.post("/posts/<int:id>/clone")
def clone(id: int) -> ResponseReturnValue:  # noqa: A002
    copy = cloning.clone(Post.one_of(current_user, id), current_user)
    telling.show_post(copy)
    db.session.commit()
    flash(_("This is a copy. It goes nowhere until you schedule it."))
    return _back(copy)


@bp.post("/posts/<int:id>/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    removing.delete(Post.one_of(current_user, id), current_user)
    db.session.commit()
    flash(_("The post is gone."))
    return redirect(url_for("publishing.index", **place_asked()), 303)


@bp.post("/posts/<int:id>/approval")
def approve(id: int) -> ResponseReturnValue:  # noqa: A002
    post = Post.one_of(current_user, id)
    require(current_user.is_admin)
    scheduling.approve(post, current_user)
    db.session.commit()
    flash(_("Approved as it is now."))
    return _back(post)


@bp.post("/posts/<int:id>/versions/<int:version>")
def take_back(id: int, version: int) -> ResponseReturnValue:  # noqa: A002
    post = Post.one_of(current_user, id)
    removing.take_back(post, Version.one_of(post, version), current_user)
    db.session.commit()
    flash(_("It says again what it said then. What it said now is kept among the versions."))
    return _back(post)


def _refused(id: int, sheet: Sheet, fault: Fault) -> ResponseReturnValue:  # noqa: A002
    """Nothing is kept, and nothing is lost: the page has what was typed, and why not."""
    db.session.rollback()
    post = Post.one_of(current_user, id)
    require_author(post, current_user)
    errors: Errors = fault.errors if isinstance(fault, Invalid) else {"post": [fault.message]}
    theirs = Sheet.of(post, current_user.timezone) if isinstance(fault, Overtaken) else None
    return page(Composer(post, current_user, sheet, errors=errors, theirs=theirs)), fault.status


def _revision() -> int:
    return request.form.get("revision", 0, type=int)


def _back(post: Post) -> ResponseReturnValue:
    return redirect(url_for("publishing_posts.show", id=post.id, **place_asked()), 303)


def _said(post: Post, do: str) -> str:
    if post.status is Status.NEEDS_APPROVAL:
        return _("An admin is to approve it first. It is shared with the space now.")
    if do == "draft":
        return _("Kept as a draft.")
    if do == "now":
        return _("It goes out now.")
    return _("Scheduled. You can change it until it goes out.")
