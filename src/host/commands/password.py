"""A password from standard input or a hidden prompt; never from the command line, which others can read."""

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
        callback=lambda _context, _option, wanted: from_stdin() if wanted else None,
        help="Read the password from standard input.",
    )
    return option(command)


def from_stdin() -> str:
    """The first line of standard input. Raises Fault when there is none."""
    line = click.get_text_stream("stdin").readline().rstrip("\r\n")
    if not line:
        raise Fault(_("There was no password on standard input."))
    return line


def asked() -> str:
    """A new password, typed twice. Raises Fault where nobody can type."""
    if not click.get_text_stream("stdin").isatty():
        raise Fault(_("Give the password with --password-stdin."))
    typed: str = click.prompt(_("New password"), hide_input=True, confirmation_prompt=True)
    return typed
