"""The space's tags: all of them, and what changes one wherever it is."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate
from sqlalchemy import func, select

from host.db import LARGEST, db
from host.errors import Invalid, Messages
from host.i18n import _
from host.models import Card, Tag, Tagging
from host.models.user import HUES
from host.permissions import may_administer, require, visible
from host.web.forms import Form, load_form
from host.web.login import current_account, current_user

MOST = 20  # titles to complete one that is being typed

bp = Blueprint("tags", __name__, url_prefix="/settings/tags")


class TagForm(Form):
    title = fields.Str()
    hue = fields.Str()


class MergingForm(Form):
    into = fields.Int(
        required=True, validate=validate.Range(1, LARGEST), error_messages={"invalid": _("Choose a tag.")}
    )


@bp.get("")
def index() -> ResponseReturnValue:
    return render_template("settings/tags.html", tags=_all(), cards=_cards())


@bp.get("/titles")
def titles() -> ResponseReturnValue:
    """What somebody may mean who has begun to type one."""
    found = Tag.called(current_account, request.args.get("tag", ""), most=MOST)
    return render_template("settings/_titles.html", tags=found)


@bp.get("/<int:id>")
def edit(id: int) -> ResponseReturnValue:  # noqa: A002
    tag = _mine(id)
    return _page(tag, {"title": tag.title, "hue": tag.hue}, {})


@bp.post("/<int:id>")
def update(id: int) -> ResponseReturnValue:  # noqa: A002
    tag = _mine(id)
    try:
        tag.change(load_form(TagForm), by=current_user)
    except Invalid as invalid:
        db.session.rollback()
        return _page(_mine(id), request.form, invalid.errors), invalid.status
    return _done(_("Saved."))


@bp.post("/<int:id>/merging")
def merge(id: int) -> ResponseReturnValue:  # noqa: A002
    tag = _mine(id)
    try:
        other = Tag.one(current_account, load_form(MergingForm)["into"])
        said = _("%(tag)s is %(other)s now.", tag=tag.title, other=other.title)
        tag.merge_into(other, by=current_user)
    except Invalid as invalid:
        db.session.rollback()
        tag = _mine(id)
        return _page(tag, {"title": tag.title, "hue": tag.hue}, invalid.errors), invalid.status
    return _done(said)


@bp.post("/<int:id>/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    tag = _mine(id)
    said = _("%(tag)s is gone from every card.", tag=tag.title)
    tag.delete(by=current_user)
    return _done(said)


def _mine(id: int) -> Tag:  # noqa: A002
    """Raises NotFound for another space's, Forbidden for who is no admin: it may be on boards that one cannot see."""
    tag = Tag.one(current_account, id)
    require(may_administer(current_user))
    return tag


def _all() -> list[Tag]:
    return list(db.session.scalars(select(Tag).filter_by(account_id=current_account.id).order_by(Tag.title)))


def _cards() -> Mapping[int, int]:
    """How many of the cards that one sees have each. Index: ix_tagging_tag_id"""
    seen = select(Tagging.tag_id, func.count()).join(Card, Card.id == Tagging.card_id)
    return dict(db.session.execute(seen.where(visible(Card, current_user)).group_by(Tagging.tag_id)).all())


def _done(said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said)
    return redirect(url_for("tags.index"), 303)


def _page(tag: Tag, values: Mapping[str, Any], errors: Messages) -> str:
    others = [(each.id, each.title) for each in _all() if each.id != tag.id]
    cards = _cards().get(tag.id, 0)
    context = {"tag": tag, "others": others, "cards": cards, "values": values, "errors": errors, "hues": HUES}
    return render_template("settings/tag.html", **context)
