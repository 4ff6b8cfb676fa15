"""The addresses that a browser needs so that it is told while no page is open."""

from pathlib import Path

from flask import Blueprint, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host import Form, NotFound, _, current_session_id, current_user, db, load_form
from plugins.notifications import push_cipher
from plugins.notifications.preferences import SETTINGS
from plugins.notifications.push import PushSubscription
from plugins.notifications.push_address import PushAddress, digest
from plugins.notifications.push_browser import browser_name
from plugins.notifications.push_key import PushKey

WORKER = Path(__file__).parent / "static" / "push_worker.js"

bp = Blueprint("notifications_push", __name__)


class PushForm(Form):
    endpoint = fields.Str(required=True)
    p256dh = fields.Str(required=True)
    auth = fields.Str(required=True)


class RenewalForm(Form):
    endpoint = fields.Str(required=True)


@bp.get("/push/worker.js")
def worker() -> ResponseReturnValue:
    """Not among the static files: a browser asks by its address whether there is a newer one. It may act for all pages,
    though its address lies below one."""
    response = Response(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@bp.post("/push/key")
def key() -> ResponseReturnValue:
    """No GET, for the first that asks has it made."""
    _require_extra()
    public = PushKey.current().public
    db.session.commit()
    return jsonify(key=public)


@bp.post("/push")
def create() -> ResponseReturnValue:
    _require_extra()
    address = PushAddress.read(**load_form(PushForm))
    PushSubscription.add(current_user, current_session_id(), address, browser_name(request.user_agent.string))
    db.session.commit()
    return Response(status=201)


@bp.post("/push/renewal")
def renew() -> ResponseReturnValue:
    """A browser that was told before says so again; 404 where it is told no more, or by then belongs to another."""
    mark = digest(load_form(RenewalForm)["endpoint"])
    PushSubscription.one_of(current_user, endpoint_digest=mark).renew(current_session_id())
    db.session.commit()
    return Response(status=204)


@bp.post("/push/<int:id>/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    PushSubscription.one_of(current_user, id=id).remove()
    db.session.commit()
    return redirect(SETTINGS, 303)


def _require_extra() -> None:
    if not push_cipher.there():
        raise NotFound(_("Push is not installed here."))
