"""A password from standard input or a hidden prompt; never from the command line, which others can read."""

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from host.errors import Fault
from host.i18n import _

Command = TypeVar("Command", bound=Callable[..., Any])


def password_option(command: Command) -> Command:
    """`--password-stdin`; the command gets `password`, None when it was not asked for."""
    option = click.option(
        "--password-stdin",
        "password",
        is_flag=True,
        callback=_read_if_wanted,
        help="Read the password from standard input.",
    )
    return option(command)


def asked() -> str:
    """A new password, typed twice. Raises Fault where nobody can type."""
    if not sys.stdin.isatty():
        raise Fault(_("Give the password with --password-stdin."))
    return str(click.prompt(_("New password"), hide_input=True, confirmation_prompt=True))


def _read_if_wanted(_context: click.Context, _option: click.Parameter, wanted: bool) -> str | None:
    if not wanted:
        return None
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise Fault(_("There was no password on standard input."))
    return line
