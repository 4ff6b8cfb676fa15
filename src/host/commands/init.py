"""`fallow init`: the first space and its owner, without a browser."""

import click

from host.commands import given, show_one
from host.commands.password import password_option
from host.commands.running import running
from host.db import db
from host.errors import Fault
from host.i18n import _
from host.models import Account


@click.command()
@click.option("--name", required=True, metavar="SPACE", help="What the space is called.")
@click.option("--email", required=True, help="The owner's address.")
@click.option("--owner", help="The owner's name; made from the address when left out.")
@password_option
def init(name: str, email: str, owner: str | None, password: str | None) -> None:
    """Make the first space and its owner."""
    with running():
        if not Account.claim():
            raise Fault(_("There is a space in this data folder already; add people with `fallow user add`."))
        person = Account.open(name, owner_name=owner or name_from(email), email=email, password=password)
        db.session.commit()
        show_one({"space": person.account.name, "owner": person.name, "handle": person.handle, "email": person.email})
        if password is None and not given().json:
            click.echo(_("To sign in on a server, set a password: fallow user password %(email)s", email=person.email))


def name_from(email: str) -> str:
    """A name to begin with: `ada.field@example.org` gives "Ada Field"."""
    words = email.partition("@")[0].replace(".", " ").replace("_", " ").replace("-", " ").split()
    return " ".join(word.capitalize() for word in words) or email
