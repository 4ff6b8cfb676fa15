"""The strip above a board: what will rest soon, and a way to keep it."""

from sqlalchemy import func, select

from host import Banner, Board, Card, db, now
from plugins.entropy import respite
from plugins.entropy.groups import groups
from plugins.entropy.life import Life

SHOWN = 5


def for_board(board: Board) -> Banner | None:
    """Two statements; nothing when no card rests soon."""
    at = now()
    for group in groups(Board.id == board.id):
        total, began = func.count().over(), respite.start().label("began")
        soon = select(Card.number, Card.title, began, total).where(group.soon(at))
        found = db.session.execute(soon.order_by(began, Card.id).limit(SHOWN)).all()
        if found:
            cards = [(number, title, Life(began_at, group.period, at)) for number, title, began_at, _total in found]
            return Banner("entropy/banner.html", {"board": board, "count": found[0][3], "cards": cards})
    return None
