"""The command line, one noun a file; `host.cli` finds the commands by their names."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from flask import Flask

from host.app import create_app
from host.config import Config, load

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Given:
    """What was said before the subcommand: `ctx.obj` of every command."""

    data: Path | None = None
    json: bool = False
    safe: bool = False


def given() -> Given:
    """What the running command was given; the defaults where there is none, as in a test of one command."""
    context = click.get_current_context(silent=True)
    obj = context.find_object(Given) if context else None
    return obj or Given()


def config(**said: Any) -> Config:
    """The settings in force, with `--data` and what else the command line said. Raises Fault."""
    return load(data=given().data, safe=given().safe or None, **said)


def app(**said: Any) -> Flask:
    """The program, its database upgraded; `with app().app_context():`. Raises Fault."""
    return create_app(config(**said))


def listing(command: Command) -> Command:
    """Give a command that lists something the option `--json`; `show` looks at it."""

    def remember(_context: click.Context, _option: click.Parameter, value: bool) -> None:
        given().json |= value

    option = click.option("--json", is_flag=True, expose_value=False, callback=remember, help="Print JSON.")
    return option(command)


def show(rows: Iterable[Mapping[str, Any]], *, empty: str = "", foot: str = "") -> None:
    """Print rows as a table with a line at its foot, or as a JSON list with `--json`; the first row's keys are the
    columns."""
    found = list(rows)
    if given().json:
        click.echo(json.dumps(found, indent=2, default=_plain, ensure_ascii=False))
    elif found:
        _table(found)
        if foot:
            click.echo(foot)
    elif empty:
        click.echo(empty)


def show_one(row: Mapping[str, Any]) -> None:
    """Print one thing, a line for each of its values, or as a JSON object with `--json`."""
    if given().json:
        click.echo(json.dumps(row, indent=2, default=_plain, ensure_ascii=False))
        return
    width = max(len(name) for name in row)
    for name, value in row.items():
        click.echo(f"{name:<{width}}  {_cell(value)}".rstrip())


def _table(rows: Sequence[Mapping[str, Any]]) -> None:
    lines = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
