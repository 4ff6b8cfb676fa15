"""Logging on the command line: warnings as one line each, tracebacks left to the pages that show them."""

import logging
import sys


class OneLine(logging.Formatter):
    """A record without its traceback: those of plugins are kept and shown by `fallow plugins check`."""

    def format(self, record: logging.LogRecord) -> str:
        said = f"fallow: {record.getMessage()}"
        return f"{said} ({record.exc_info[1]!r})" if record.exc_info and record.exc_info[1] else said


def quiet_logging() -> None:
    """Warnings to stderr, and what asked to be heard below that; unless logging was set up before."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
