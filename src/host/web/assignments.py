"""Giving a card to people."""

from collections.abc import Iterable

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.errors import Invalid, NotFound
from host.i18n import _
from host.models import User
from host.web import cards
from host.web.forms import back_to
from host.web.login import current_account, current_user

bp = Blueprint("assignments", __name__, url_prefix="/cards/<int:number>/assignments")


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    try:
        card.assign(_among(current_account.people, request.form.get("person", type=int)), current_user)
    except Invalid as invalid:
        return cards.page(card, errors=invalid.errors), invalid.status
    db.session.commit()
    return back_to(url_for("cards.show", number=number))


@bp.post("/<int:person>/delete")
def delete(number: int, person: int) -> ResponseReturnValue:
    """Taking a card from somebody who does not have it (any more) changes nothing."""
    card = current_user.card(number)
    card.unassign(_among([*card.assignees, *current_account.people], person), current_user)
    db.session.commit()
    return back_to(url_for("cards.show", number=number))


def _among(people: Iterable[User], id: int | None) -> User:  # noqa: A002
    for person in people:
        if person.id == id:
            return person
    raise NotFound(_("There is no such person here."))
