"""What the pages ask that are looked at all day, and what jobs ask that run all day, is found by indexes: no statement
reads all cards, all that happened, or any other table that grows for ever."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, event

from host import Board, User, db
from host.models import ApiToken, Fold, SavedView
from host.models.token import Scope
from host.testing import Client
from plugins.entropy import sweep, warning
from tests.full_board import fill

# Those that grow with what people do. Columns, tags and people are few.
GROWING = frozenset((
    "assignment", "card", "closure", "comment", "cover", "entropy_respite", "entropy_stay", "event", "goldness", "job",
    "notifications_notification", "pin", "postponement", "reaction", "recurring_run", "step", "tagging", "watch",
))  # fmt: skip
# PostgreSQL plans by how full tables are, and these are nearly empty: of those beside it may read all.
LARGEST = frozenset({"card", "event", "comment", "job", "notifications_notification"})
Asked = tuple[str, Any]


@pytest.fixture
def board(owner: User, member: User) -> Board:
    made = Board.create("Launch", by=owner, columns=["Writing", "Checking"])
    for key in ("not_now", "done"):
        Fold.set(owner, made, key, folded=False)
    fill(made, 12, [owner, member])
    SavedView.keep(owner, "Mine", {"tag": ["garden"]})
    db.session.commit()
    return made


@pytest.fixture
def listen(board: Board) -> Callable[[Callable[[], object]], Sequence[Asked]]:
    """`listen(act)`: each SELECT that it makes, with its values."""

    def during(act: Callable[[], object]) -> list[Asked]:
        db.session.commit()
        heard: list[Asked] = []

        def hear(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: Any) -> None:
            if statement.lstrip().startswith(("SELECT", "WITH")):
                heard.append((statement, values))

        event.listen(db.engine, "before_cursor_execute", hear)
        act()
        event.remove(db.engine, "before_cursor_execute", hear)
        db.session.commit()
        return heard

    return during


def read_whole(asked: Sequence[Asked]) -> list[str]:
    """Those statements that would read every row of a growing table if there were many, each once."""
    connection = db.session.connection()
    ways, tables = (_on_sqlite, GROWING) if connection.dialect.name == "sqlite" else (_on_postgresql, LARGEST)
    whole = {each: tables.intersection(ways(connection, each, values)) for each, values in dict(asked).items()}
    return [f"{sorted(found)}: {statement}" for statement, found in whole.items() if found]


def _on_sqlite(connection: Connection, statement: str, values: Any) -> Iterator[str]:
    """Also all cards of a space, which are all that there are for most; in the order of the index, a few are read. And
    all that happened on some boards, where it is put in order only once it is read."""
    aliases = dict(re.findall(r'"?(\w+)"? AS (\w+)', statement))
    steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    for step in steps:
        if found := re.match(r"SCAN (\w+)", step):
            yield aliases.get(found[1], found[1])
        if found := re.match(r"SEARCH (card\w*) USING .*INDEX (?!ix_card_account_awake)\w+ \(account_id=\?\)", step):
            yield aliases.get(found[1], found[1])
    by_boards = any(re.match(r"SEARCH event USING .*\(board_id=\?\)", step) for step in steps)
    if by_boards and "USE TEMP B-TREE FOR ORDER BY" in steps:
        yield "event"


def _on_postgresql(connection: Connection, statement: str, values: Any) -> Iterator[str]:
    for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):  # with few rows these are always cheaper
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    told = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
    yield from _nodes((json.loads(told) if isinstance(told, str) else told)[0]["Plan"])


def _nodes(plan: dict[str, Any]) -> Iterator[str]:
    """An index that is gone through from its beginning to its end is the whole table, too."""
    table = plan.get("Relation Name", "")
    whole = plan["Node Type"] == "Seq Scan" or ("Index Name" in plan and "Index Cond" not in plan)
    if table and whole:
        yield table
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


PAGES = (
    "/boards",
    "/boards/{board}",
    "/boards/{board}?sort=newest",
    "/boards/{board}?tag=garden&golden=1",
    "/boards/{board}?postponing_soon=1",
    "/boards/{board}/columns/maybe/cards?after=1",
    "/boards/{board}/columns/{column}/cards?after=1",
    "/boards/{board}/columns/not_now/cards?after=1",
    "/boards/{board}/columns/done/cards?after=1",
    "/boards/{board}/numbers?q=",
    "/boards/{board}/numbers?q=1",
    "/boards/{board}/numbers?q=a",
    "/cards",
    "/cards?place=done",
    "/cards?created=today",
    "/cards?q=reeds",
    "/cards/1",
    "/pins",
    "/activity",
    "/activity?board={board}",
    "/people/{person}",
    "/notifications",
    "/notifications/bell",
    "/palette?q=card",
    "/api/v1/boards/{board}/cards",
    "/api/v1/boards/{board}/cards?place=done",
    "/api/v1/boards/{board}/cards?place=not_now",
    "/api/v1/cards",
    "/api/v1/events",
    "/api/v1/cards/1/events",
)


def test_pages(client: Client, board: Board, owner: User, listen: Any) -> None:
    token = ApiToken.create(owner, name="test", scope=Scope.READ)
    words = {"board": board.id, "column": board.columns[0].id, "person": owner.id}

    def seen(page: str) -> None:
        headers = {"Authorization": f"Bearer {token}"} if page.startswith("/api") else {}
        assert client.get(page.format(**words), headers=headers).status_code == 200, page

    asked = [each for page in PAGES for each in listen(partial(seen, page))]
    assert read_whole(asked) == []


def test_jobs(board: Board, listen: Any) -> None:
    asked = [each for job in (sweep.run, warning.run) for each in listen(job.run)]
    assert read_whole(asked) == []
