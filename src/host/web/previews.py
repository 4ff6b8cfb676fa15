"""Markdown as it will be shown, while it is being written."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host.models.card.editable import checked_description
from host.text import rendered
from host.web.cardpage import CardPage
from host.web.forms import Form, load_form
from host.web.login import current_user

bp = Blueprint("previews", __name__)


class PreviewForm(Form):
    text = fields.Str(load_default="")


@bp.post("/cards/<int:number>/preview")
def of_card(number: int) -> ResponseReturnValue:
    """With the people, the cards and the files that its texts may name."""
    page = CardPage(current_user.card_or_draft(number), current_user)
    return render_template("components/preview.html", html=page.preview(_text()))


@bp.post("/boards/<int:id>/preview")
def of_board(id: int) -> ResponseReturnValue:  # noqa: A002
    current_user.board(id)
    return render_template("components/preview.html", html=rendered(_text()))


def _text() -> str:
    """As it would be kept. Raises Invalid above what any field takes."""
    return checked_description(load_form(PreviewForm)["text"])
