"""What a person sees when a command cannot do its work: one line and exit code 1, never a traceback."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from traceback import format_exception
from typing import IO, Any

import click
from sqlalchemy.exc import DBAPIError

from host.clock import now
from host.commands import config
from host.errors import Fault
from host.i18n import _

LOG = "errors.log"
FULL = {errno.ENOSPC, errno.EDQUOT}
# How click and Python themselves end a command.
ENDINGS = (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError)


class Failure(click.ClickException):
    """A fault on its way to stderr; click exits with 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"fallow: {self.message}", file=file, err=file is None)


@contextmanager
def explained() -> Iterator[None]:
    """Turn what is raised within into one line; an error that nobody foresaw is kept in the data folder."""
    try:
        yield
    except ENDINGS:
        raise
    except Fault as fault:
        raise Failure(fault.message) from fault
    except DBAPIError as error:
        said = " ".join(str(error.orig).split()).rstrip(".")
        raise Failure(_("The database cannot be used: %(error)s.", error=said)) from error
    except OSError as error:
        raise Failure(_full(error) or _unforeseen(error)) from error
    except Exception as error:
        raise Failure(_unforeseen(error)) from error


def _full(error: OSError) -> str:
    return _("The disk is full: %(error)s.", error=error.strerror) if error.errno in FULL else ""


def _unforeseen(error: Exception) -> str:
    said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    with suppress(Fault, OSError):
        path = config().data / LOG
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{now().isoformat()}\n{''.join(format_exception(error))}\n")
        said += _("; more in %(path)s", path=path)
    return _("Something went wrong that should not (%(error)s).", error=said)
