"""What it takes to tell a thousand watchers of one comment, and to count the unread of a person among a million rows.

The floor of telling writes the same notifications by bare SQL on a copy of the same file. "unread count" is what the
store does for the bell of somebody with many unread ones, of whom it counts a hundred at most.
"""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from clock import seconds
from field import boards, cards, folder, program, space
from sqlalchemy import func, insert, select
from table import Row

from host.clock import now
from host.db import db, reading
from host.jobs import drain
from host.models import Board, Card, User, Watch
from host.models.access import Access
from plugins.notifications.bell import MOST
from plugins.notifications.models import Notification, unread_count
from plugins.notifications.reasons import Reason

PLUGINS = ("notifications",)
WATCHERS = 1_000
ROUNDS = 5
TIMES = 50
ROWS = ((1_000, 100), (1_000_000, 100), (1_000_000, 2_000))  # notifications, and how many unread the person has
AT_ONCE = 50_000

BARE = """INSERT INTO notifications_notification (user_id, card_id, kind, reason, creator_id, event_id, data,
                                                unread_count, updated_at, created_at, in_bell, on_desktop)
          SELECT user_id, card_id, 'comment_created', 'watching', NULL, (SELECT max(id) FROM event), '{}', 1,
                 :now, :now, 1, 0
          FROM watch"""


def measure() -> list[Row]:
    return [_fan_out(), *(_count(rows, unread) for rows, unread in ROWS)]


def _fan_out() -> Row:
    with folder() as made:
        with program(made, PLUGINS):
            card = _watched_card()
            card.comment("The rack, not the portrait.", by=card.creator)
            db.session.commit()
        pairs = [(_told(made), _bare(made)) for _round in range(ROUNDS)]
    ours, floor = median(ours for ours, _floor in pairs), median(floor for _ours, floor in pairs)
    return {
        "what": f"telling {WATCHERS:,} watchers of a comment",
        "notifications": WATCHERS,
        "ms": ours * 1000,
        "SQL, ms": floor * 1000,
        "ratio": ours / floor,
    }


def _watched_card() -> Card:
    owner = space()
    [where] = boards(owner, 1)
    cards([where], 1, days_ago=(0, 1), at=now())
    board = db.session.get_one(Board, where.id)
    people = [
        {"account_id": owner.account_id, "name": f"Watcher {n}", "handle": f"watcher-{n}", "role": "member"}
        for n in range(WATCHERS)
    ]
    ids = list(db.session.scalars(insert(User).returning(User.id), people))
    card = db.session.scalars(select(Card).filter_by(board_id=board.id)).one()
    db.session.execute(insert(Access), [{"board_id": board.id, "user_id": id} for id in ids])  # noqa: A001
    db.session.execute(insert(Watch), [{"card_id": card.id, "user_id": id, "watching": True} for id in ids])  # noqa: A001
    db.session.commit()
    return card


def _told(made: Path) -> float:
    with folder() as data:
        shutil.copytree(made, data, dirs_exist_ok=True)
        with program(data, PLUGINS):
            took = seconds(lambda: drain(1))
            assert db.session.scalar(select(func.count()).select_from(Notification)) >= WATCHERS
    return took


def _bare(made: Path) -> float:
    with folder() as data:
        shutil.copytree(made, data, dirs_exist_ok=True)
        with closing(sqlite3.connect(data / "fallow.db", isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            present = str(datetime.now(UTC).replace(tzinfo=None))
            return seconds(lambda: connection.execute(BARE, {"now": present}))


def _count(rows: int, unread: int) -> Row:
    with folder() as data, program(data, PLUGINS):
        person = _person_among(rows, unread)
        assert unread_count(person, most=MOST + 1) == min(unread, MOST + 1)
        return {
            "what": f"unread count, {unread:,} unread",
            "notifications": rows,
            "ms": _milliseconds(person),
            "SQL, ms": "no floor",
            "ratio": "no floor",
        }


def _person_among(rows: int, unread: int) -> User:
    """Everybody has been told of every card they see; this person has not read the last ones."""
    owner = space()
    on = boards(owner, 10)
    cards(on, rows // 8, days_ago=(0, 29), at=now())
    people = list(db.session.scalars(select(User.id).where(User.email.is_not(None))))
    ids = list(db.session.scalars(select(Card.id).order_by(Card.id)))
    pairs = [(user_id, card_id) for card_id in ids for user_id in people][:rows]
    kept = {pair for pair in pairs if pair[0] == owner.id and pair[1] > ids[-1] - unread}
    for begin in range(0, len(pairs), AT_ONCE):
        db.session.execute(insert(Notification), [_row(pair, pair in kept) for pair in pairs[begin : begin + AT_ONCE]])
        db.session.commit()
    return db.session.get_one(User, owner.id)


def _row(pair: tuple[int, int], unread: bool) -> dict[str, object]:
    user_id, card_id = pair
    return {
        "user_id": user_id,
        "card_id": card_id,
        "kind": "comment_created",
        "reason": Reason.WATCHING,
        "data": {},
        "unread_count": int(unread),
        "read_at": None if unread else now(),
        "in_bell": True,
        "on_desktop": False,
    }


def _milliseconds(person: User) -> float:
    times = []
    for _time in range(TIMES):
        with reading():
            times.append(seconds(lambda: unread_count(person, most=MOST + 1)))
            db.session.rollback()
    return median(times) * 1000
