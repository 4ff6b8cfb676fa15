"""The `fallow` command: finds each subcommand by its name, and turns a fault into one line.

Nothing is imported before it is asked for, so a command that needs no plugin never meets a broken one.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from host.commands import Given, mounted
from host.commands.failure import explained
from host.commands.quiet import quiet_logging
from host.i18n import _

COMMANDS = {
    "backup": "host.commands.backup:backup",
    "db": "host.commands.db:database",
    "demo": "host.commands.demo:demo",
    "doctor": "host.commands.doctor:doctor",
    "import": "host.commands.imports:imports",
    "init": "host.commands.init:init",
    "jobs": "host.commands.jobs:jobs",
    "mail": "host.commands.mail:mail",
    "plugins": "host.commands.plugins:plugins",
    "restore": "host.commands.backup:restore",
    "serve": "host.commands.serve:serve",
    "tasks": "host.commands.tasks:tasks",
    "token": "host.commands.token:token",
    "user": "host.commands.user:user",
    "worker": "host.commands.worker:worker",
}
DESKTOP = "host.commands.desktop:desktop"


class Fallow(click.Group):
    """The host's commands, then each plugin's under its name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        quiet_logging()
        with explained():
            return super().parse_args(ctx, list(_data_first(args)))

    def invoke(self, ctx: click.Context) -> Any:
        with explained():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS, *mounted.names(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            return found(COMMANDS[cmd_name])
        return mounted.command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in ((_("Commands"), _ours()), (_("Plugins"), mounted.summaries(ctx))):
            if commands:
                with formatter.section(title):
                    formatter.write_dl(list(commands.items()))


def found(address: str) -> click.Command:
    """The command at `module:name`."""
    module, _colon, name = address.partition(":")
    command: click.Command = getattr(import_module(module), name)
    return command


def _ours() -> Mapping[str, str]:
    return {name: found(address).get_short_help_str(80) for name, address in COMMANDS.items()}


def _data_first(args: list[str]) -> Iterator[str]:
    """The arguments with `--data DIR` in front: it may stand anywhere, since it means the same everywhere."""
    rest, after = (args[: args.index("--")], args[args.index("--") :]) if "--" in args else (args, [])
    moved: list[str] = []
    kept: list[str] = []
    words = iter(rest)
    for word in words:
        if word == "--data":
            moved += [word, *[value for value in [next(words, None)] if value is not None]]
        else:
            (moved if word.startswith("--data=") else kept).append(word)
    yield from (*moved, *kept, *after)


def _remember(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    """Before everything else: which plugins there are, and with them what `--help` says, depends on the folder."""
    setattr(ctx.ensure_object(Given), str(option.name), value)


@click.group(cls=Fallow, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=_remember,
    help="The data folder (or FALLOW_DATA).",
)
@click.option("--json", is_flag=True, is_eager=True, expose_value=False, callback=_remember, help="Lists as JSON.")
@click.option("--safe", is_flag=True, is_eager=True, expose_value=False, callback=_remember, help="Without any plugin.")
@click.option("--no-window", is_flag=True, envvar="FALLOW_NO_WINDOW", help="Print the address instead of opening it.")
@click.version_option(package_name="fallow", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, no_window: bool) -> None:
    """A kanban board that lets untouched work rest.

    Without a command: start Fallow on this machine and open it in the browser.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(found(DESKTOP), no_window=no_window)
