"""`fallow doctor`: what is wrong with this installation, and the remedy."""

from collections.abc import Sequence

import click

from host.commands import given, listing, show
from host.commands.running import running
from host.errors import Fault
from host.finding import Finding
from host.health import look_over
from host.i18n import _, ngettext


@click.command()
@listing
def doctor() -> None:
    """Say what is wrong here, and the remedy; exit with 1 if anything is."""
    with running(upgrade=False):
        found = list(look_over())
    wrong = [finding for finding in found if finding.remedy]
    if given().json:
        show({"what": each.what, "ok": not each.remedy, "says": each.says, "remedy": each.remedy} for each in found)
    else:
        _tell(found)
    if wrong:
        raise Fault(ngettext("%(n)s thing is wrong.", "%(n)s things are wrong.", len(wrong)))


def _tell(found: Sequence[Finding]) -> None:
    for finding in found:
        mark = _("wrong") if finding.remedy else _("ok")
        click.echo(f"{mark:<6} {finding.what}: {finding.says} {finding.remedy}".rstrip())
