"""`fallow mail`: whether letters go out."""

import secrets

import click

from host.commands.running import running
from host.commands.space import space_option, the_space
from host.db import db
from host.mail.delivery import deliver
from host.mail.trial import trial_letter


@click.group()
def mail() -> None:
    """Mail: try whether letters go out."""


@mail.command()
@click.argument("address")
@space_option
def test(address: str, space: str | None) -> None:
    """Send a letter to ADDRESS by the server of the space, and say what came of it."""
    with running():
        account = the_space(space)
        db.session.rollback()  # nothing is sent inside a transaction
        click.echo(deliver(trial_letter(address, "", secrets.token_hex(8)), account))
