"""`fallow entropy …`"""

from typing import Any

import click
from sqlalchemy import ColumnElement, func, or_, select

from host import Account, Board, Fault, NotFound, _, db, listing, show
from plugins.entropy import preview as sweeping
from plugins.entropy.duration import Duration
from plugins.entropy.preview import Due
from plugins.entropy.run import Run
from plugins.entropy.undoing import said

NO_ID = 2**63  # more than a column of either database holds


@click.command()
@click.option("--board", metavar="BOARD", help="List the cards of this board, given by its name or id.")
@listing
def preview(board: str | None) -> None:
    """Say what the next sweep would do, if it ran now."""
    nothing = _("Nothing to rest.")
    if board is not None:
        show((each._asdict() for each in sweeping.cards(_the_board(board))), empty=nothing)
        return
    due = sweeping.due()
    show(map(_row, due), empty=nothing, foot=_("The next sweep rests %(tally)s.", tally=sweeping.tally_of(due)))


@click.command()
@listing
def runs() -> None:
    """List what the sweeps of the last thirty days have rested, the newest first."""
    found = db.session.execute(select(Run, Account.name).join(Account).order_by(Run.id.desc()))
    show((_run_row(run, space) for run, space in found), empty=_("No sweep has rested anything lately."))


@click.command()
@click.argument("id", type=click.IntRange(1, NO_ID - 1))
def undo(id: int) -> None:  # noqa: A002
    """Put back what the sweep of this id rested, except what somebody has touched since."""
    run = db.session.get(Run, id)
    if run is None:
        raise NotFound(_("There is no such sweep. Sweeps are forgotten after a while."))
    others = run.undo(db.session.get_one(Account, run.account_id).owner)
    db.session.commit()
    click.echo(said(run, others))


def _run_row(run: Run, space: str) -> dict[str, Any]:
    undone = run.undone_at.isoformat(timespec="seconds") if run.undone_at else ""
    at = run.at.isoformat(timespec="seconds")
    return {"id": run.id, "space": space, "at": at, "cards": run.cards, "undone": undone, "put_back": run.put_back}


def _row(due: Due) -> dict[str, Any]:
    period = Duration.of(due.period_seconds).words
    return {"id": due.board_id, "board": due.board, "period": period, "cards": due.cards}


def _the_board(which: str) -> Board:
    """Raises NotFound, or Fault where several boards have this name."""
    meant: ColumnElement[bool] = func.lower(Board.name) == which.lower()
    if which.isdecimal() and int(which) < NO_ID:
        meant = or_(meant, Board.id == int(which))
    found = db.session.scalars(select(Board).where(meant).order_by(Board.id)).all()
    if not found:
        raise NotFound(_("There is no board “%(which)s”.", which=which))
    if len(found) > 1:
        ids = ", ".join(str(each.id) for each in found)
        raise Fault(_("Several boards are named “%(which)s”; give one of these ids: %(ids)s.", which=which, ids=ids))
    return found[0]
