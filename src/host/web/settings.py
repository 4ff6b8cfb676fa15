"""Settings: the shell, and the host's own pages in it."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host.db import db
from host.errors import Invalid
from host.i18n import _
from host.permissions import may_administer, may_operate, require
from host.web import panels
from host.web.forms import Form, load_form
from host.web.login import current_account, current_user

bp = Blueprint("settings", __name__, url_prefix="/settings")


class SpaceForm(Form):
    name = fields.Str(load_default="")


def init(app: Flask) -> None:
    app.context_processor(lambda: {"settings_links": subnav})


def subnav() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The list at the side: (heading, [(title, address, icon)])."""
    admin = may_administer(current_user)
    space = [(_("People"), url_for("people.index"), "people"), (_("Tags"), url_for("tags.index"), "tag")]
    if admin:
        space.insert(0, (_("General"), url_for("settings.general"), "house"))
        space.append((_("Mail"), url_for("mail.show"), "send"))
    room = [(_("API tokens"), url_for("tokens.index"), "key")]
    if admin:
        room.insert(0, (_("Plugins"), url_for("plugins.index"), "plug"))
    if may_operate(current_user):
        room.insert(1, (_("Jobs"), url_for("jobs.index"), "health"))
    mine = [(_("You"), url_for("profile.show"), "person"), *panels.links("person")]
    groups = [(_("Space"), space), (_("From plugins"), panels.links("account")), (_("Yours"), mine)]
    return [group for group in [*groups, (_("Machine room"), room)] if group[1]]


@bp.get("")
def show() -> ResponseReturnValue:
    return redirect(url_for("settings.general" if may_administer(current_user) else "people.index"))


@bp.route("/general", methods=["GET", "POST"])
def general() -> ResponseReturnValue:
    require(may_administer(current_user))
    if request.method == "GET":
        return render_template("settings/general.html", values={"name": current_account.name}, errors={})
    try:
        current_account.rename(load_form(SpaceForm)["name"])
    except Invalid as invalid:
        return render_template("settings/general.html", values=request.form, errors=invalid.errors), invalid.status
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("settings.general"), 303)
