"""How long the board page takes to be made, with all our plugins drawing on it.

Everything from the request to the last byte of HTML, without the network; cards lie in Maybe? and three columns, half
of them with tags, two in five with people. A column draws a part of a long list and the rest when asked for. The last
row has 100,000 jobs waiting beside.
"""

from statistics import median

from clock import percentile, seconds
from field import boards, cards, folder, program, space, waiting_jobs
from flask import Flask
from sqlalchemy import event
from table import Row

from host.clock import now
from host.db import db
from host.testing import Client, sign_in

SIZES = ((100, 0), (500, 0), (1_000, 0), (1_000, 100_000))  # cards and waiting jobs
ROUNDS = 40


def measure() -> list[Row]:
    return [_row(size, jobs) for size, jobs in SIZES]


def _row(size: int, jobs: int) -> Row:
    with folder() as data, program(data) as app:
        owner = space()
        [board] = boards(owner, 1)
        cards([board], size, days_ago=(0, 29), at=now())
        waiting_jobs(jobs, at=now())
        app.test_client_class = Client
        client, address = app.test_client(), f"/boards/{board.id}"
        sign_in(client, owner)
        page = client.get(address)
        assert page.status_code == 200, page.status
        statements = _statements(app, lambda: client.get(address))
        times = [seconds(lambda: client.get(address)) * 1000 for _round in range(ROUNDS)]
    return {
        "cards": size,
        "jobs": jobs,
        "median, ms": median(times),
        "95 %, ms": percentile(times, 0.95),
        "page, kB": round(len(page.data) / 1000),
        "statements": statements,
    }


def _statements(app: Flask, work: object) -> int:
    """How many times the database is asked."""
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    work()
    return len(asked)
