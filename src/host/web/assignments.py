"""Giving a card to people."""

from collections.abc import Iterable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.errors import Invalid, Messages, NotFound
from host.i18n import _
from host.models import Card, User
from host.web import cards
from host.web.forms import from_htmx
from host.web.login import current_account, current_user
from host.web.redraw import column_key, redraw

bp = Blueprint("assignments", __name__, url_prefix="/cards/<int:number>/assignments")


@bp.get("")
def index(number: int) -> ResponseReturnValue:
    """Who has it and who could, for the board's dialog."""
    card = current_user.card(number)
    if not from_htmx():
        return redirect(url_for("cards.show", number=number, _anchor="assigned"))
    return _choice(card)


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card_or_draft(number)
    person = _among(current_account.people, request.form.get("person", type=int))
    try:
        card.assign(person, current_user)
    except Invalid as invalid:
        refused = _choice if from_htmx() else cards.page
        return refused(card, errors=invalid.errors), invalid.status
    db.session.commit()
    return redraw(card, column_key(card), _("%(name)s has card %(number)s.", name=person.name, number=number))


@bp.post("/<int:person>/delete")
def delete(number: int, person: int) -> ResponseReturnValue:
    """Taking a card from somebody who does not have it (any more) changes nothing."""
    card = current_user.card_or_draft(number)
    taken_from = _among([*card.assignees, *current_account.people], person)
    card.unassign(taken_from, current_user)
    db.session.commit()
    said = _("%(name)s no longer has card %(number)s.", name=taken_from.name, number=number)
    return redraw(card, column_key(card), said)


def _choice(card: Card, *, errors: Messages | None = None) -> str:
    return render_template("boards/_assigning.html", card=card, people=card.board.people, errors=errors or {})


def _among(people: Iterable[User], id: int | None) -> User:  # noqa: A002
    for person in people:
        if person.id == id:
            return person
    raise NotFound(_("There is no such person here."))
