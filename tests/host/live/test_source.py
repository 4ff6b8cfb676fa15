"""What other processes publish reaches the streams of this one."""

from contextvars import Context
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from host import publish_live
from host.app import create_app
from host.db import db
from host.live.gate import Gate
from host.live.hub import Hub
from host.live.letter import KEPT, Letter
from host.live.source import Mailbox
from host.models import ApiToken, Board
from host.models.token import Scope
from tests.host.live.visits import Visit

PATIENCE = 10  # seconds


@pytest.fixture
def stream(live_server, owner):
    """Ada's, open."""
    token = ApiToken.create(owner, name="a script", scope=Scope.READ)
    db.session.commit()
    connection = HTTPConnection(urlsplit(live_server).netloc, timeout=PATIENCE)
    connection.request("GET", "/live", headers={"Authorization": f"Bearer {token}"})
    yield connection.getresponse()
    connection.close()


@pytest.fixture
def elsewhere(app):
    """`elsewhere(act)` runs it in another program on the same database, one that serves nothing."""
    other = create_app(app.extensions["fallow"].config)

    def run(act):
        db.session.commit()
        return Context().run(within, other, act)

    yield run
    with other.app_context():
        db.engine.dispose()


def test_a_worker_or_a_command_reaches_the_open_pages(board, stream, elsewhere):
    board_id = board.id

    def add_card():
        db.session.get(Board, board_id).add_card("From the command line")
        db.session.commit()

    elsewhere(add_card)
    assert {next_topic(stream), next_topic(stream)} == {f"board {board_id}", "card 1"}


def test_what_another_process_takes_back_reaches_nobody(stream, owner, elsewhere):
    account_id = owner.account_id

    def change_minds():
        publish_live("notifications", account_id=account_id)
        db.session.rollback()
        publish_live("last", account_id=account_id)
        db.session.commit()

    elsewhere(change_minds)
    assert next_topic(stream) == "last"


def test_a_broken_connection_is_made_again_and_the_pages_ask_for_everything(stream, owner):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no connection that could break")
    listening = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    listening += " AND datname = current_database()"
    assert db.session.execute(text(listening)).all() == [(True,)]
    assert next_topic(stream) == "everything"
    publish_live("notifications", account_id=owner.account_id)
    db.session.commit()
    assert next_topic(stream) == "notifications"


@pytest.mark.sqlite_only("PostgreSQL carries messages itself")
class TestLetters:
    def test_they_are_delivered_in_order_and_once(self, app, account, in_hub):
        write("board 1", account)
        last = Mailbox(app, Hub(Gate(app))).last()
        write("board 2", account)
        write("board 3", account)

        async def story(hub: Hub) -> None:
            ada = await Visit(hub).opened()
            mailbox = Mailbox(app, hub)
            assert mailbox.deliver_after(mailbox.deliver_after(last)) == mailbox.last()
            await ada.heard("board 3")
            assert ada.topics == ["board 2", "board 3"]

        in_hub(story)

    def test_one_that_was_thrown_away_unread_makes_pages_ask_for_everything(self, app, account, in_hub, travel):
        write("board 1", account)
        last = Mailbox(app, Hub(Gate(app))).last()
        write("board 2", account)
        travel(seconds=KEPT.total_seconds() + 1)
        write("board 3", account)
        assert db.session.query(Letter).count() == 1
        db.session.commit()

        async def story(hub: Hub) -> None:
            ada = await Visit(hub).opened()
            Mailbox(app, hub).deliver_after(last)
            await ada.heard("board 3")
            assert ada.topics == ["everything", "board 3"]

        in_hub(story)

    def test_a_process_with_its_own_streams_writes_none(self, live_server, account):
        write("board 1", account)
        assert db.session.query(Letter).count() == 0


def write(topic: str, account) -> None:
    publish_live(topic, account_id=account.id, to=[1])
    db.session.commit()


def next_topic(answer) -> str:
    for line in iter(answer.readline, b""):
        if line.startswith(b"data: "):
            return line.decode().removeprefix("data: ").rstrip("\n")
    raise AssertionError("the stream ended")


def within(app, act):
    with app.app_context():
        return act()
