"""What every page may use."""

from collections.abc import Sequence
from typing import Any

from flask import Flask, current_app, url_for

from host import clock
from host.models import Board, Card
from host.plugging.plugin import NavItem, NavPlace
from host.web import slots
from host.web.login import current_account, current_user, signed_in
from host.web.switcher import ways


def init(app: Flask) -> None:
    app.context_processor(anyone)
    app.context_processor(someone)


def anyone() -> dict[str, Any]:
    moved = clock.offset()
    return {
        "safe_mode": current_app.extensions["fallow"].plugins.safe,
        "clock_moved": clock.now().strftime("%Y-%m-%d %H:%M UTC") if moved else "",
    }


def someone() -> dict[str, Any]:
    """For pages behind the sign-in."""
    if not signed_in():
        return {"current_user": None, "current_account": None}
    return {
        "current_user": current_user,
        "current_account": current_account,
        "nav": nav,
        "ways": ways,
        "sign_out_url": url_for("sessions.delete"),
    }


def nav(place: NavPlace, board: Board | None = None, card: Card | None = None) -> Sequence[NavItem]:
    return slots.nav(place, board, card)
