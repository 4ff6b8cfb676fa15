"""The panel: what lies on the shelf, and what can be done with it. It has nothing to save."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from host import Account, Form, SettingsPanel, Shelf, User, _, may_operate, on_sqlite


class NoForm(Form):
    """Its buttons lead to pages of their own."""


def read(_account: Account) -> Mapping[str, Any]:
    return {}


def save(_account: Account, _values: Mapping[str, Any], _actor: User) -> None:
    """Nothing."""


def context(_account: Account) -> Mapping[str, Any]:
    shelf, most = Shelf(), current_app.config["MAX_CONTENT_LENGTH"]
    told = {"on_sqlite": on_sqlite(), "kept": shelf.all(), "most": most}
    return {**told, "folder": shelf.path, "files": shelf.data / "files"}


PANEL = SettingsPanel(
    key="backups",
    level="account",
    title=_("Backups"),
    summary=_("The whole installation, each day, verified. Made while everybody goes on working."),
    icon="backup",
    form=NoForm,
    read=read,
    save=save,
    context=context,
    template="backups/settings.html",
    allowed=lambda actor, _account: may_operate(actor),
)
