"""The strip above a board: what will rest soon, and a way to keep it."""

from sqlalchemy import func, select

from host import Banner, Board, Card, db, now
from plugins.entropy.groups import groups
from plugins.entropy.life import Life

SHOWN = 5


def for_board(board: Board) -> Banner | None:
    """Two statements; nothing when no card rests soon."""
    at = now()
    for group in groups(Board.id == board.id):
        total = func.count().over()
        soon = select(Card.number, Card.title, Card.last_active_at, total).where(group.soon(at))
        found = db.session.execute(soon.order_by(Card.last_active_at, Card.id).limit(SHOWN)).all()
        if found:
            cards = [(number, title, Life(touched, group.period, at)) for number, title, touched, _total in found]
            return Banner("entropy/banner.html", {"board": board, "count": found[0][3], "cards": cards})
    return None
