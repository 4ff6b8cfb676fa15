"""Settings panels: the pages that plugins declare and the host draws, guards and saves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.errors import Invalid, NotFound
from host.i18n import _
from host.models import Board, User
from host.permissions import require
from host.plugging.gather import attempt, look, plugins
from host.plugging.plugin import Level, SettingsPanel
from host.web.forms import load_form
from host.web.login import current_account, current_user

bp = Blueprint("panels", __name__)


@dataclass(frozen=True)
class PanelPart:
    """What a panel draws, in isolation (host.web.parts)."""

    template: str
    context: Mapping[str, Any]
    plugin: str


def welcome_parts(values: Mapping[str, Any], errors: Mapping[str, Any]) -> list[PanelPart]:
    """The questions that plugins add to the first-run page."""
    return [
        PanelPart(panel.welcome, {"panel": panel, "values": values, "errors": errors}, name)
        for name, panel in panels("account")
        if panel.welcome
    ]


def save_welcome(owner: User) -> None:
    """Store what the plugins' questions were answered with; one that fails asks in vain. Raises Invalid."""
    for name, panel in panels("account"):
        if panel.welcome:
            _save(name, panel, owner.account, owner)


def panels(level: Level) -> Iterator[tuple[str, SettingsPanel]]:
    """(plugin, panel) of this level, in order of the plugins' names."""
    for each in plugins().on:
        for panel in each.declared.settings:
            if panel.level == level:
                yield each.name, panel


@bp.route("/settings/plugin/<plugin>/<key>", methods=["GET", "POST"])
def account(plugin: str, key: str) -> ResponseReturnValue:
    return _panel("account", plugin, key, current_account, {})


@bp.route("/settings/mine/<plugin>/<key>", methods=["GET", "POST"])
def person(plugin: str, key: str) -> ResponseReturnValue:
    return _panel("person", plugin, key, current_user, {})


@bp.route("/boards/<int:id>/settings/<plugin>/<key>", methods=["GET", "POST"])
def board(id: int, plugin: str, key: str) -> ResponseReturnValue:  # noqa: A002
    target = current_user.board(id)
    return _panel("board", plugin, key, target, {"board": target})


def _panel(level: Level, plugin: str, key: str, target: Any, more: dict[str, Any]) -> ResponseReturnValue:
    panel = _found(level, plugin, key)
    require(_may_open(plugin, panel, target))
    if request.method == "GET":
        return _page(panel, plugin, target, None, {}, more)
    try:
        saved = _save(plugin, panel, target, current_user)
    except Invalid as invalid:
        db.session.rollback()
        return _page(panel, plugin, target, request.form, invalid.errors, more), invalid.status
    db.session.commit()
    flash(_("Saved.") if saved else _("That was not saved: the plugin failed."), "message" if saved else "failed")
    return redirect(request.path, 303)


def _save(plugin: str, panel: SettingsPanel, target: Any, actor: User) -> bool:
    """Whether it was stored; what the plugin raises is kept against it. Raises Invalid for what it refuses."""

    def save() -> Invalid | None:
        try:
            panel.save(target, load_form(panel.form), actor)
        except Invalid as refused:
            return refused
        return None

    outcome = attempt(plugin, f"panel {panel.key}", save, otherwise=lambda: False)
    if isinstance(outcome, Invalid):
        raise outcome
    return outcome is None


def _found(level: Level, plugin: str, key: str) -> SettingsPanel:
    for name, panel in panels(level):
        if name == plugin and panel.key == key:
            return panel
    raise NotFound(_("There is no such settings page. Its plugin may be off."))


def _page(
    panel: SettingsPanel,
    plugin: str,
    target: Any,
    typed: Mapping[str, Any] | None,
    errors: Mapping[str, Any],
    more: Mapping[str, Any],
) -> str:
    """With what was typed, or else what the plugin has stored; a plugin that fails leaves a notice."""

    def context() -> Mapping[str, Any] | None:
        values = panel.read(target) if typed is None else typed
        return {"panel": panel, "target": target, "values": values, "errors": errors, **panel.context(target)}

    found = attempt(plugin, f"panel {panel.key}", context, otherwise=lambda: None)
    part = None if found is None else PanelPart(panel.template, found, plugin)
    return render_template("settings/panel.html", panel=panel, drawing=part, **more)


def _may_open(plugin: str, panel: SettingsPanel, target: Any) -> bool:
    return look(plugin, f"panel {panel.key}", lambda: panel.allowed(current_user, target), otherwise=lambda: False)


def links(level: Level) -> list[tuple[str, str, str]]:
    """(title, address, icon) of the account's or the person's panels that may be opened."""
    target = current_account if level == "account" else current_user
    return [
        (panel.title, url_for(f"panels.{level}", plugin=name, key=panel.key), panel.icon)
        for name, panel in panels(level)
        if _may_open(name, panel, target)
    ]


def board_links(board: Board) -> list[tuple[str, str, str]]:
    """The same for a board's panels."""
    return [
        (panel.title, url_for("panels.board", id=board.id, plugin=name, key=panel.key), panel.icon)
        for name, panel in panels("board")
        if _may_open(name, panel, board)
    ]
