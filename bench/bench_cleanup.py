"""How long removing what is old takes, and how long others have to wait for it.

Tags on no card (as many as a hundred thousand, with as many that stay) and deliveries of webhooks, each with a try (a
million, with a tenth as many that stay). Meanwhile a thread of the same program writes and waits its turn, and another
process looks whether the write lock is free: "a writer waited, ms" and "locked, ms" are the longest times. Afterwards
the counts are checked to be exact.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from clock import seconds
from field import AT_ONCE, boards, folder, program, space
from flask import Flask
from sqlalchemy import func, insert, select, update
from table import Row
from watch import watching

from host.clock import now
from host.db import db
from host.models import Account, Board, Tag, Tagging
from plugins.cleanup.removing import remove
from plugins.cleanup.standing import Standing
from plugins.webhooks.attempt import Attempt
from plugins.webhooks.delivery import Delivery, State
from plugins.webhooks.webhook import Webhook

TAGS = (1_000, 100_000)
DELIVERIES = (10_000, 1_000_000)
STAYING = 10  # one delivery for so many that go
PLUGINS = ("cleanup", "webhooks")
EVERY = 0.002  # seconds between two writes, as of somebody who works: without it there would be nothing but them
AT = ("happened_at", "created_at")


def measure() -> list[Row]:
    tags = [_row("host.unused_tags", Tag, size, _tags, size) for size in TAGS]
    return [*tags, *(_row("webhooks.deliveries", Delivery, n, _deliveries, n // STAYING) for n in DELIVERIES)]


def _row(rule: str, model: type, size: int, fill: Callable[[Board, int], None], stay: int) -> Row:
    with folder() as data, program(data, PLUGINS) as app:
        fill(boards(space(), 1)[0], size)
        with watching(data / "fallow.db") as locked, _writing(app) as waits:
            took = seconds(lambda: _clean(rule, size))
        assert db.session.scalar(select(func.count()).select_from(model)) == stay
    return {
        "rule": rule,
        "removed": size,
        "took, s": took,
        "a second": round(size / took),
        "writes meanwhile": len(waits),
        "a writer waited, ms": max(waits) * 1000,
        "locked, ms": locked[0] * 1000,
    }


def _clean(rule: str, size: int) -> None:
    assert remove(Standing.named(rule)) == size


@contextmanager
def _writing(app: Flask) -> Iterator[list[float]]:
    """How long each of many small changes took, all told, that another thread made meanwhile."""
    waits: list[float] = []
    over = threading.Event()

    def write() -> None:
        with app.app_context():
            while not over.is_set():
                began = time.perf_counter()
                db.session.execute(update(Account).values(name=f"Meadow {len(waits)}"))
                db.session.commit()
                waits.append(time.perf_counter() - began)
                time.sleep(EVERY)

    writer = threading.Thread(target=write)
    writer.start()
    yield waits
    over.set()
    writer.join()


def _tags(board: Board, size: int) -> None:
    """So many on no card, and so many on one."""
    card = board.add_card("Bake")
    named = {"account_id": board.account_id, "hue": "moss"}
    for ids in _in_parts(2 * size):
        db.session.execute(insert(Tag), [{**named, "id": each, "title": f"tag {each}"} for each in ids])
        db.session.execute(insert(Tagging), [{"card_id": card.id, "tag_id": each} for each in ids if each % 2])
        db.session.commit()


def _deliveries(board: Board, size: int) -> None:
    """So many that are old, each with a try, and some that are new."""
    webhook = Webhook.create(board, by=board.account.owner, name="Press", url="https://hooks.example/in")
    db.session.flush()
    told = {"webhook_id": webhook.id, "kind": "card_closed", "lane": 1, "body": "{}" * 200, "tries": 1}
    tried = {"milliseconds": 12, "status": 204, "request_headers": {}, "answer_headers": {}, "answer": ""}
    for ids in _in_parts(size + size // STAYING):
        at = {each: now() - timedelta(days=10 if each <= size else 1) for each in ids}
        rows = [{**told, "id": each, "event_id": each, "message_id": f"msg_{each}"} for each in ids]
        rows = [{**row, "state": State.DELIVERED, **dict.fromkeys(AT, at[row["id"]])} for row in rows]
        db.session.execute(insert(Delivery), rows)
        db.session.execute(insert(Attempt), [{**tried, "delivery_id": each, "at": at[each]} for each in ids])
        db.session.commit()


def _in_parts(number: int) -> Iterator[range]:
    """The ids from 1 to this number."""
    for begin in range(1, number + 1, AT_ONCE):
        yield range(begin, min(begin + AT_ONCE, number + 1))
