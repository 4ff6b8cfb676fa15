"""The page of one webhook: its settings, its secret, its log."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host import Invalid, _, current_user, db, load_form, public
from plugins.webhooks import dispatch
from plugins.webhooks.delivery import Delivery
from plugins.webhooks.form import WebhookForm, typed_in, typed_of, values_of
from plugins.webhooks.kinds import groups
from plugins.webhooks.menu import page_of
from plugins.webhooks.panel import FORMATS
from plugins.webhooks.payload import json_schema
from plugins.webhooks.webhook import Webhook

SHOWN = 20

bp = Blueprint("webhooks", __name__)


@bp.get("/<int:id>")
def show(id: int) -> ResponseReturnValue:  # noqa: A002
    webhook = Webhook.one_of(current_user, id)
    return _page(webhook, typed_of(webhook), {})


@bp.post("/<int:id>")
def update(id: int) -> ResponseReturnValue:  # noqa: A002
    webhook = Webhook.one_of(current_user, id)
    try:
        webhook.change(**values_of(load_form(WebhookForm)))
    except Invalid as invalid:
        db.session.rollback()
        return _page(webhook, typed_in(request.form), invalid.errors), invalid.status
    return _done(webhook, _("Saved."))


@bp.post("/<int:id>/activation")
def switch_on(id: int) -> ResponseReturnValue:  # noqa: A002
    webhook = Webhook.one_of(current_user, id)
    webhook.switch_on()
    return _done(webhook, _("It hears of what happens from now on."))


@bp.post("/<int:id>/activation/delete")
def switch_off(id: int) -> ResponseReturnValue:  # noqa: A002
    webhook = Webhook.one_of(current_user, id)
    webhook.switch_off()
    return _done(webhook, _("Nothing is sent there any more."))


@bp.post("/<int:id>/secret")
def rotate(id: int) -> ResponseReturnValue:  # noqa: A002
    webhook = Webhook.one_of(current_user, id)
    webhook.rotate()
    return _done(webhook, _("There is a new secret. For a day the one before counts as well."))


@bp.post("/<int:id>/test")
def test(id: int) -> ResponseReturnValue:  # noqa: A002
    webhook = Webhook.one_of(current_user, id)
    dispatch.test(webhook, current_user)
    return _done(webhook, _("A test is on its way; the log below shows what comes of it."))


@bp.post("/<int:id>/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    webhook = Webhook.one_of(current_user, id)
    board = webhook.board
    webhook.remove()
    db.session.commit()
    flash(_("The webhook and its log are gone."))
    return redirect(page_of(board), 303)


@bp.get("/payload.schema.json")
@public
def schema() -> ResponseReturnValue:
    """For receivers, which have no sign-in."""
    return jsonify(json_schema())


def _page(webhook: Webhook, typed: dict[str, Any], errors: Any) -> str:
    latest = db.session.scalars(Delivery.of(webhook).limit(SHOWN)).all()
    context = {"typed": typed, "errors": errors, "groups": groups(), "formats": FORMATS, "deliveries": latest}
    return render_template("webhooks/show.html", webhook=webhook, board_page=page_of(webhook.board), **context)


def _done(webhook: Webhook, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said)
    return redirect(url_for("webhooks.show", id=webhook.id), 303)
