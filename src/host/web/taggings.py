"""Tags on a card."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.errors import Invalid, Messages
from host.i18n import _
from host.models import Card
from host.web import cards
from host.web.forms import from_htmx
from host.web.login import current_user
from host.web.redraw import column_key, redraw

bp = Blueprint("taggings", __name__, url_prefix="/cards/<int:number>/taggings")


@bp.get("")
def index(number: int) -> ResponseReturnValue:
    """Its tags and a field for another, for the board's dialog."""
    card = current_user.card(number)
    if not from_htmx():
        return redirect(url_for("cards.show", number=number, _anchor="tags"))
    return _choice(card)


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card_or_draft(number)
    title = request.form.get("tag", "")
    try:
        tag = card.tag(title)
    except Invalid as invalid:
        refused = _choice if from_htmx() else cards.page
        return refused(card, typed={"tag": title}, errors=invalid.errors), invalid.status
    db.session.commit()
    return redraw(card, column_key(card), _("Card %(number)s has the tag %(tag)s.", number=number, tag=tag.title))


@bp.post("/delete")
def delete(number: int) -> ResponseReturnValue:
    card, title = current_user.card_or_draft(number), request.form.get("tag", "")
    card.untag(title)
    db.session.commit()
    return redraw(card, column_key(card), _("Card %(number)s is without the tag %(tag)s.", number=number, tag=title))


def _choice(card: Card, *, typed: Mapping[str, str] | None = None, errors: Messages | None = None) -> str:
    return render_template("boards/_tagging.html", card=card, typed=(typed or {}).get("tag", ""), errors=errors or {})
