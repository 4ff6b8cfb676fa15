"""From a Trello export to a board of ours."""

from collections.abc import Callable, Iterator
from enum import StrEnum

from host.clock import now
from host.i18n import _
from host.models import Board, User
from host.models.card.arrival import arrive
from host.models.typed import LONGEST_NAME
from host.transfer.trello.cards import Translation
from host.transfer.trello.document import Document, Member, read
from host.transfer.trello.leftovers import count_leftovers
from host.transfer.trello.people import People
from host.transfer.trello.refusal import board_in
from host.transfer.trello.report import Report
from host.transfer.trello.tags import Tags

AT_ONCE = 2000

Progress = Callable[[int, int], None]  # cards written, cards in all


class Dates(StrEnum):
    """Which last activity the cards get: their own, or this moment."""

    KEEP = "keep"
    FRESH = "fresh"


def import_trello(
    data: bytes | str,
    *,
    by: User,
    board_name: str | None = None,
    dates: Dates = Dates.FRESH,
    progress: Progress = lambda _done, _all: None,
) -> Report:
    """Write a Trello export into a new board, in the running transaction: commit it, or roll it back for a rehearsal.

    Nobody is notified; the log keeps who did what when, as the file tells it.
    Raises NoBoard for what is no Trello board, before anything is written, and Invalid for a `board_name` that is none.
    """
    document = read(board_in(data))
    report = Report(kept_dates=dates is Dates.KEEP)
    if board_name is None:
        board_name = (document.name or _("Trello board"))[:LONGEST_NAME]
    board = Board.create(board_name, by=by)
    _write_cards(board, document, _translation(board, document, by, report), progress)
    count_leftovers(document, report.counts)
    report.board, report.board_id = board.name, board.id
    return report


def _translation(board: Board, document: Document, by: User, report: Report) -> Translation:
    """Everything that cards refer to, written."""
    people, tags = People(by.account, report.counts), Tags(by.account_id, report.counts)
    people.settle(_needed(document))
    board.grant(people.users)
    tags.settle(document.labels)
    columns = _columns(board, document)
    report.counts["columns"] = sum(not each.closed for each in document.lists)
    report.counts["archived_lists"] = sum(each.closed for each in document.lists)
    return Translation(
        document=document,
        people=people,
        tags=tags,
        columns=columns,
        archived={each.id for each in document.lists if each.closed},
        importer=by.id,
        system=by.account.system.id,
        at=now(),
        keep_dates=report.kept_dates,
        counts=report.counts,
    )


def _needed(document: Document) -> Iterator[Member]:
    """The board's members, then whoever else made, has or spoke on one of its cards."""
    history = document.history
    ids = {id for card in document.cards for id in card.member_ids}  # noqa: A001
    ids |= {history.births[card.id].member for card in document.cards if card.id in history.births}
    ids |= {id for card in document.cards for said in history.comments.get(card.id, ()) for id in said.members}  # noqa: A001
    yield from document.members.values()
    yield from (member for id, member in document.strangers.items() if id in ids)  # noqa: A001


def _columns(board: Board, document: Document) -> dict[str, int]:
    """Our columns by the ids of the open lists, in the board's order."""
    columns: dict[str, int] = {}
    for position, each in enumerate(document.lists, start=1):
        if not each.closed:
            name = each.name or _("List %(n)s", n=position)
            column = board.add_column(name[:LONGEST_NAME])
            columns.setdefault(each.id or f"no id {position}", column.id)
    return columns


def _write_cards(board: Board, document: Document, translation: Translation, progress: Progress) -> None:
    """A card higher in its list is taken for the one looked at later, where their clocks start at one moment."""
    by_position = sorted(document.cards, key=lambda card: card.position)
    ranks = {id(card): rank for rank, card in enumerate(by_position)}
    for start in range(0, len(document.cards), AT_ONCE):
        batch = document.cards[start : start + AT_ONCE]
        arrive(board, [translation.arrival(card, ranks[id(card)]) for card in batch])
        progress(start + len(batch), len(document.cards))
