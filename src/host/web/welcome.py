"""The first run: a space, its owner, and a first board."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from host.db import db
from host.errors import Fault, Forbidden, Invalid
from host.i18n import _
from host.models import Account, Board, User
from host.transfer.example import example_board
from host.transfer.trello import import_trello
from host.web.forms import Form, load_form
from host.web.login import public, sign_in
from host.web.panels import save_welcome, welcome_parts

bp = Blueprint("welcome", __name__)

NEEDED = _("This needs to be filled in.")


class WelcomeForm(Form):
    name = fields.Str(required=True, validate=validate.Length(1, 120, error=NEEDED))
    person = fields.Str(required=True, validate=validate.Length(1, 120, error=NEEDED))
    email = fields.Str(load_default=None)
    password = fields.Str(load_default=None)
    start = fields.Str(load_default="example", validate=validate.OneOf(["example", "trello", "empty"]))


@bp.get("/welcome")
@public
def show() -> ResponseReturnValue:
    if Account.any():
        return redirect(url_for("home.show"))
    _require_launch()
    return _page({}, {})


@bp.post("/welcome")
@public
def create() -> ResponseReturnValue:
    """Everything or nothing: a refused import leaves no half-made space behind."""
    if not Account.claim():
        return redirect(url_for("home.show"))
    _require_launch()
    try:
        owner, board_id = _opened()
    except Invalid as invalid:
        db.session.rollback()
        return _page(request.form, invalid.errors), invalid.status
    db.session.commit()
    sign_in(owner)
    return redirect(url_for("boards.show", id=board_id), 303)


def _opened() -> tuple[User, int]:
    given = load_form(_WithoutBlanks)
    if not _local():
        _require_credentials(given)
    owner = Account.open(given["name"], owner_name=given["person"], email=given["email"], password=given["password"])
    save_welcome(owner)
    return owner, _first_board(given["start"], owner)


class _WithoutBlanks(WelcomeForm):
    """A field left empty counts as not given."""

    def load(self, data: Mapping[str, Any], **kwargs: Any) -> Any:  # type: ignore[override]
        kept = {key: value.strip() if isinstance(value, str) else value for key, value in data.items()}
        return super().load({key: value for key, value in kept.items() if value or key in ("name", "person")}, **kwargs)


def _require_credentials(given: Mapping[str, Any]) -> None:
    missing = {key: [NEEDED] for key in ("email", "password") if not given[key]}
    if missing:
        raise Invalid(missing)


def _first_board(start: str, owner: User) -> int:
    """Its id."""
    if start == "example":
        return example_board(owner).id
    if start == "empty":
        return Board.create(_("First board"), by=owner, columns=[_("In progress"), _("Waiting")]).id
    export = request.files.get("file")
    if export is None or not export.filename:
        raise Invalid({"file": [_("Choose the .json file that Trello exported.")]})
    try:
        board_id = import_trello(export.read(), by=owner).board_id
    except Fault as fault:
        raise Invalid({"file": [fault.message]}) from fault
    if board_id is None:
        raise RuntimeError("an import that is no rehearsal makes a board")
    return board_id


def _page(values: Mapping[str, Any], errors: Mapping[str, Any]) -> str:
    panels = welcome_parts(values, errors)
    return render_template("welcome.html", values=values, errors=errors, panels=panels, local=_local())


def _local() -> bool:
    """The program runs for one person on this machine: no address, no password."""
    return bool(current_app.config.get("DESKTOP"))


def _require_launch() -> None:
    """Strangers must not claim an empty installation: only the address that the program printed leads here."""
    if not session.get("may_welcome"):
        raise Forbidden(_("Open the address that Fallow printed when it started, or run “fallow init”."))
