"""`fallow user`: people, on the machine that keeps the data."""

from collections.abc import Mapping
from typing import Any

import click
from sqlalchemy import select

from host.commands import listing, show, show_one
from host.commands.password import asked, password_option
from host.commands.running import running
from host.commands.space import space_option, the_person, the_space
from host.db import db, reading
from host.i18n import _
from host.models import Role, User

ROLES = click.Choice([role.value for role in Role if role is not Role.SYSTEM])


@click.group()
def user() -> None:
    """People: add, list, change."""


@user.command()
@click.option("--name", required=True)
@click.option("--email", required=True)
@click.option("--role", type=ROLES, default=Role.MEMBER.value, show_default=True)
@password_option
@space_option
def add(name: str, email: str, role: str, password: str | None, space: str | None) -> None:
    """Add a person; without a password they cannot sign in yet."""
    with running():
        there = the_space(space)
        person = User.join(there, name=name, email=email, role=Role(role), password=password)
        person.came(by=there.system)
        db.session.commit()
        show_one(_row(person))


@user.command("list")
@listing
@space_option
def list_(space: str | None) -> None:
    """List the people of a space."""
    with running(), reading():
        people = select(User).where(User.account_id == the_space(space).id, User.role != Role.SYSTEM)
        show(map(_row, db.session.scalars(people.order_by(User.name, User.id))))


@user.command()
@click.argument("who")
@click.argument("role", type=ROLES)
@space_option
def role(who: str, role: str, space: str | None) -> None:
    """Make WHO (an address or handle) an owner, admin or member."""
    with running():
        person = the_person(who, space)
        person.become(Role(role), by=person.account.system)
        db.session.commit()
        show_one(_row(person))


@user.command()
@click.argument("who")
@space_option
def deactivate(who: str, space: str | None) -> None:
    """Sign WHO out for good and end their tokens; their cards and comments stay."""
    with running():
        person = the_person(who, space)
        person.leave(by=person.account.system)
        db.session.commit()
        show_one(_row(person))


@user.command()
@click.argument("who")
@password_option
@space_option
def password(who: str, password: str | None, space: str | None) -> None:
    """Give WHO a new password, from a prompt or standard input."""
    with running():
        person = the_person(who, space)
        person.password = password or asked()
        db.session.commit()
        click.echo(_("%(name)s can sign in with the new password.", name=person.name))


def _row(person: User) -> Mapping[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "handle": person.handle,
        "email": person.email,
        "role": person.role.value,
        "active": person.active,
        "can_sign_in": person.active and person.password_hash is not None,
    }
