"""What entropy costs while nothing is due: a sweep over many awake cards, and what rests soon on one board."""

from statistics import median

from clock import seconds
from field import boards, cards, folder, program, space
from table import Row

from host.clock import now
from host.db import db, reading
from host.models import Board
from plugins.entropy import preview, soon, soon_on_board, sweep

SIZES = (10_000, 100_000, 1_000_000)
TIMES = 20
BOARDS = 100
# Touched a day to twenty days ago; a hundred cards beyond rest soon, all on the first board.
AWAKE, SOON, RESTS_SOON = (1.0, 20.0), (23.0, 29.0), 100


def measure() -> list[Row]:
    return [_row(size) for size in SIZES]


def _row(size: int) -> Row:
    with folder() as data, program(data, ("entropy",)):
        on = boards(space(), BOARDS)
        cards(on[:1], RESTS_SOON, days_ago=SOON, at=now())
        cards(on, size - RESTS_SOON, days_ago=AWAKE, at=now())
        board = db.session.get_one(Board, on[0].id)
        assert sweep.run() == "nothing to rest"
        assert len(_soon(board)) == RESTS_SOON
        return {
            "cards": size,
            "idle sweep, ms": _milliseconds(sweep.run),
            "preview, ms": _milliseconds(preview.due),
            "soon on a board, ms": _milliseconds(lambda: _soon(board)),
            "banner, ms": _milliseconds(lambda: soon_on_board.banner(board)),
        }


def _soon(board: Board) -> list[object]:
    """What the store does for the list: its numbers and titles, not the objects that a page makes of them."""
    query = soon.on_board(board)
    entity = query.column_descriptions[0]["entity"]
    return list(db.session.execute(query.with_only_columns(entity.number, entity.title, entity.last_active_at)))


def _milliseconds(work: object) -> float:
    """The median of some times."""
    times = []
    for _time in range(TIMES):
        with reading():
            times.append(seconds(work))
            db.session.rollback()
    return median(times) * 1000
