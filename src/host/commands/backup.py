"""`fallow backup` and `fallow restore`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from host.backups import Manifest, Shelf, back_up
from host.backups import restore as restore_backup
from host.backups import verify as verify_backup
from host.commands import given, listing, show, show_one
from host.commands.running import running
from host.errors import Fault
from host.i18n import _

Command = TypeVar("Command", bound=Callable[..., Any])
PATH = click.Path(path_type=Path, dir_okay=False)


class Backup(click.Group):
    """`fallow backup` and `fallow backup FILE` make one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        is_ours = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if is_ours else ["create", *args])


def with_passphrase(command: Command) -> Command:
    """`--passphrase` asks for one, `--passphrase-stdin` reads it: the command gets `asked` and `piped`."""
    piping = click.option("--passphrase-stdin", "piped", is_flag=True, help="Read the passphrase from standard input.")
    return click.option("--passphrase", "asked", is_flag=True, help="Ask for a passphrase.")(piping(command))


@click.group(cls=Backup)
def backup() -> None:
    """Make a backup, list them, look whether one is whole, restore one."""


@backup.command()
@click.argument("file", type=PATH, required=False)
@click.option("-o", "--output", type=PATH, help="The same as FILE.")
@with_passphrase
@listing
def create(file: Path | None, output: Path | None, asked: bool, piped: bool) -> None:
    """Make one: into FILE, or into the folder of backups. With a passphrase it is encrypted."""
    passphrase = _passphrase(asked, piped, confirmed=True)
    with running():
        made = back_up(output or file, passphrase)
        show_one({"file": str(made), "bytes": made.stat().st_size, "encrypted": passphrase is not None})


@backup.command("list")
@listing
def list_backups() -> None:
    """Show those in the folder of backups, the newest first."""
    with running(upgrade=False):
        rows = ({"name": each.name, "made": each.at, "bytes": each.size} for each in Shelf().all())
        show(rows, empty=_("There is no backup yet."))


@backup.command()
@click.argument("file", type=PATH)
@with_passphrase
@listing
def verify(file: Path, asked: bool, piped: bool) -> None:
    """Look whether a backup is whole."""
    with running(upgrade=False):
        show_one(_told(verify_backup(_found(file), _passphrase(asked, piped))))


@click.command()
@click.argument("file", type=PATH)
@with_passphrase
@listing
def restore(file: Path, asked: bool, piped: bool) -> None:
    """Bring the whole installation back to what a backup holds. What is here now is backed up first."""
    with running():
        restored = restore_backup(_found(file), _passphrase(asked, piped))
        show_one({**_told(restored.manifest), "lost_secrets": restored.lost, "before": str(restored.before)})
        if not given().json:
            click.echo(_("All jobs are paused. Look at what is due, then resume them under Jobs."))
            if restored.lost:
                click.echo(_("Some secrets were sealed by another key: bring its encryption.key, or enter them anew."))


backup.add_command(restore)


def _told(manifest: Manifest) -> dict[str, Any]:
    cards = manifest.rows.get("card", 0)
    return {"made": manifest.at, "version": manifest.version, "cards": cards, "files": len(manifest.contents)}


def _found(file: Path) -> Path:
    """A name of the folder of backups means that one."""
    return file if file.exists() or file.parent != Path() else Shelf().path / file


def _passphrase(asked: bool, piped: bool, *, confirmed: bool = False) -> str | None:
    if piped:
        return sys.stdin.readline().rstrip("\r\n")
    if asked and not sys.stdin.isatty():
        raise Fault(_("Give the passphrase with --passphrase-stdin."))
    if not asked:
        return None
    return str(click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=confirmed, err=True))
