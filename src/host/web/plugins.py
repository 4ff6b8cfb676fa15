"""Settings, Plugins: what is here, how it fares, and the switches."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from host.i18n import _
from host.permissions import may_administer, require
from host.plugging import plugins
from host.plugging.listing import adds
from host.web.login import current_user

bp = Blueprint("plugins", __name__, url_prefix="/settings/plugins")


@bp.get("")
def index() -> ResponseReturnValue:
    require(may_administer(current_user))
    return render_template("plugins/index.html", registry=plugins(), adds=adds)


@bp.post("/<name>/activation")
def create_activation(name: str) -> ResponseReturnValue:
    """On: at once if it was running before, else with the next start."""
    require(may_administer(current_user))
    each = plugins().named(name)
    plugins().switch_on(name)
    if each.standing == "on":
        flash(_("%(title)s is on.", title=each.title))
    else:
        flash(_("%(title)s comes with the next start of Fallow.", title=each.title))
    return redirect(url_for("plugins.index"), 303)


@bp.post("/<name>/activation/delete")
def delete_activation(name: str) -> ResponseReturnValue:
    """Off at once; what it stored is kept."""
    require(may_administer(current_user))
    each = plugins().named(name)
    plugins().switch_off(name)
    flash(_("%(title)s is off. What it stored is kept.", title=each.title))
    return redirect(url_for("plugins.index"), 303)
