"""`fallow token`: keys to the JSON API."""

import click

from host.commands.running import running
from host.commands.space import space_option, the_person
from host.db import db
from host.errors import Fault
from host.i18n import _
from host.models import ApiToken
from host.models.token import Scope


@click.group()
def token() -> None:
    """Keys to the JSON API."""


@token.command()
@click.option("--user", "who", required=True, metavar="E", help="Whose key: an address or handle.")
@click.option("--scope", required=True, type=click.Choice([scope.value for scope in Scope]))
@click.option("--name", help="What the key is for.")
@space_option
def create(who: str, scope: str, name: str | None, space: str | None) -> None:
    """Make a key and print it, this once."""
    with running():
        person = the_person(who, space)
        if not person.active:
            raise Fault(_("%(name)s is deactivated.", name=person.name))
        text = ApiToken.create(person, name=name or _("Command line"), scope=Scope(scope))
        db.session.commit()
        click.echo(text)
