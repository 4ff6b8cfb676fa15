"""`fallow demo`: realistic data for trying things out."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Event

import click

from host.commands.progress import progress_bar
from host.commands.running import running
from host.commands.space import space_option, the_space
from host.db import db
from host.demo import Wanted, plant
from host.i18n import _, ngettext
from host.models import Account, Board


@click.command()
@click.option("--cards", type=click.IntRange(0), default=Wanted.cards, show_default=True)
@click.option("--boards", type=click.IntRange(1), default=Wanted.boards, show_default=True)
@click.option(
    "--stale",
    type=click.FloatRange(0, 1),
    default=Wanted.stale,
    show_default=True,
    help="The share of cards that are open and due for the next sweep.",
)
@click.option("--seed", type=int, default=Wanted.seed, show_default=True, help="The same seed gives the same cards.")
@click.option(
    "--networks",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda *given: _serve(given[2]),
    help="Serve stand-ins for the networks to publish on, instead; from the source only.",
)
@space_option
def demo(cards: int, boards: int, stale: float, seed: int, space: str | None) -> None:
    """Fill an empty space, or a new one, with people, boards and cards."""
    with running():
        account = the_space(space) if space or Account.any() else _new_space()
        with progress_bar(_("Cards")) as progress:
            planted = plant(Wanted(cards=cards, boards=boards, stale=stale, seed=seed), account, progress)
        db.session.commit()
        click.echo(_told(account, planted, cards))


def _serve(wanted: bool) -> None:
    """The networks of our own tests, which know nothing of us; they are no part of the program."""
    if not wanted:
        return
    root = Path(__file__).parents[3]
    if not (root / "tests" / "peers" / "demo.py").is_file():
        raise click.ClickException(_("The stand-ins for networks come with the source: clone it and run this there."))
    sys.path.insert(0, str(root))
    try:
        stand_ins = import_module("tests.peers.demo")
    except ModuleNotFoundError as missing:
        what = _(
            "The stand-ins need what our tests need: pip install -e '.[dev]'. Missing: %(name)s", name=missing.name
        )
        raise click.ClickException(what) from missing
    with suppress(KeyboardInterrupt):
        stand_ins.run(click.echo, Event())
    raise click.exceptions.Exit


def _new_space() -> Account:
    return Account.open(_("Garden press"), owner_name="Ines Kell", email="ines@fallow.example").account


def _told(account: Account, boards: Sequence[Board], cards: int) -> str:
    lie = ngettext("%(n)s card lies", "%(n)s cards lie", cards)
    on = ngettext("%(n)s board", "%(n)s boards", len(boards))
    where = _("“%(space)s” (%(owner)s)", space=account.name, owner=account.owner.email or account.owner.name)
    return _("%(cards)s on %(boards)s of %(where)s.", cards=lie, boards=on, where=where)
