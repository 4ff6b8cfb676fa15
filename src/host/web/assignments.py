"""Giving a card to people."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.errors import NotFound
from host.i18n import _
from host.models import User
from host.web.forms import back_to
from host.web.login import current_account, current_user

bp = Blueprint("assignments", __name__, url_prefix="/cards/<int:number>/assignments")


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    card.assign(_person(request.form.get("person", type=int)), current_user)
    db.session.commit()
    return back_to(url_for("cards.show", number=number))


@bp.post("/<int:person>/delete")
def delete(number: int, person: int) -> ResponseReturnValue:
    card = current_user.card(number)
    card.unassign(_person(person), current_user)
    db.session.commit()
    return back_to(url_for("cards.show", number=number))


def _person(id: int | None) -> User:  # noqa: A002
    for person in current_account.people:
        if person.id == id:
            return person
    raise NotFound(_("There is no such person here."))
