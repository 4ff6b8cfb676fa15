"""Files on a card: brought, taken away, shown to whoever sees the card, and its cover."""

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.errors import Invalid, NotFound
from host.i18n import _
from host.models import Attachment, Card
from host.web import cards
from host.web.files import file_response
from host.web.forms import from_htmx
from host.web.login import current_user
from host.web.undo import flash_undo

bp = Blueprint("attachments", __name__, url_prefix="/cards/<int:number>")


@bp.post("/files")
def create(number: int) -> ResponseReturnValue:
    """Put files on the card. A script that pastes them gets the Markdown that shows them."""
    card = current_user.card_or_draft(number)
    try:
        brought = _brought(card)
    except Invalid as invalid:
        db.session.rollback()
        if from_htmx():
            return Response(invalid.message, invalid.status, mimetype="text/plain")
        return cards.page(current_user.card_or_draft(number), errors=invalid.errors), invalid.status
    db.session.commit()
    if from_htmx():
        return Response("\n".join(_markdown(card, each) for each in brought), 201, mimetype="text/plain")
    return _back(number)


@bp.get("/files/<int:id>")
def show(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    return file_response(current_user.card_or_draft(number).attachment(id).file)


@bp.get("/files/<int:id>/small")
def small(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    file = current_user.card_or_draft(number).attachment(id).small
    if file is None:
        raise NotFound(_("There is no such file on this card."))
    return file_response(file)


@bp.post("/files/<int:id>/delete")
def delete(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    card = current_user.card_or_draft(number)
    attachment = card.attachment(id)
    covered = card.cover is not None and card.cover.attachment_id == id
    card.detach(attachment)
    db.session.commit()
    undo = url_for("attachments.restore", number=number, id=id, cover=1 if covered else None)
    flash_undo(_("%(name)s is gone.", name=attachment.file.name), undo)
    return _back(number)


@bp.post("/files/<int:id>/restoration")
def restore(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    """Take back that it was removed; with `cover` it covers the card again, unless another does by now."""
    card = current_user.card_or_draft(number)
    try:
        attachment = card.bring_back_file(id)
        if "cover" in request.args and card.cover is None:
            card.cover_with(attachment)
    except Invalid as invalid:
        db.session.rollback()
        return cards.page(current_user.card_or_draft(number), errors=invalid.errors), invalid.status
    db.session.commit()
    return _back(number)


@bp.post("/files/<int:id>/cover")
def cover(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    card = current_user.card_or_draft(number)
    try:
        card.cover_with(card.attachment(id))
    except Invalid as invalid:
        return cards.page(card, errors=invalid.errors), invalid.status
    db.session.commit()
    return _back(number)


@bp.post("/cover/delete")
def uncover(number: int) -> ResponseReturnValue:
    card = current_user.card_or_draft(number)
    if card.cover is not None:
        flash_undo(_("The cover is gone."), url_for("attachments.cover", number=number, id=card.cover.attachment_id))
    card.uncover()
    db.session.commit()
    return _back(number)


def _brought(card: Card) -> list[Attachment]:
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        raise Invalid({"file": [_("Choose a file.")]})
    return [card.attach(file.stream, file.filename or "", current_user) for file in files]


def _markdown(card: Card, attachment: Attachment) -> str:
    name = attachment.file.name.translate(str.maketrans("[]\\", "()/"))
    sign = "!" if attachment.file.is_picture else ""
    return f"{sign}[{name}]({url_for('attachments.show', number=card.number, id=attachment.id)})"


def _back(number: int) -> ResponseReturnValue:
    return redirect(url_for("cards.show", number=number, _anchor="files"), 303)
