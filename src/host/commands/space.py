"""Which space and which person a command means."""

from collections.abc import Callable
from typing import Any, TypeVar

import click
from sqlalchemy import func, or_, select

from host.db import db
from host.errors import Fault, NotFound
from host.i18n import _
from host.models import Account, Role, User

Command = TypeVar("Command", bound=Callable[..., Any])


def space_option(command: Command) -> Command:
    """`--space NAME`, where an installation holds several."""
    return click.option("--space", metavar="NAME", help="Which space, where there are several.")(command)


def the_space(name: str | None = None) -> Account:
    """The space of this name, or the only one. Raises NotFound, or Fault where the name is needed."""
    query = select(Account).order_by(Account.id)
    if name is not None:
        query = query.where(func.lower(Account.name) == name.lower())
    found = db.session.scalars(query.limit(2)).all()
    if not found:
        none = _("There is no space yet: `fallow init` makes one.")
        raise NotFound(_("There is no space “%(name)s”.", name=name) if name else none)
    if len(found) > 1:
        raise Fault(_("There are several spaces; name one with --space."))
    return found[0]


def the_person(who: str, space: str | None = None) -> User:
    """The person with this e-mail address or handle, active or not. Raises NotFound, or Fault for several."""
    account = the_space(space)
    plain = who.strip().lower()
    people = select(User).where(User.account_id == account.id, User.role != Role.SYSTEM)
    meant = or_(User.email == plain, User.handle == plain.removeprefix("@"))
    person = db.session.scalars(people.where(meant)).first()
    if person is None:
        raise NotFound(_("Nobody in %(space)s has the address or handle “%(who)s”.", space=account.name, who=who))
    return person
