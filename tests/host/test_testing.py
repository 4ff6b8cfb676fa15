"""The fixtures that all other tests stand on."""

from datetime import timedelta

import psycopg
import pytest

from host.clock import now
from host.db import db
from host.models import Board, User


def test_a_request_sees_what_the_test_did_and_the_test_sees_what_the_request_did(app, client, owner, board):
    @app.get("/rename")
    def rename() -> str:
        db.session.get(Board, board_id).name = "Harvest"
        db.session.commit()
        return "done"

    board_id, board.name = board.id, "Sowing"
    client.get("/rename")
    assert board.name == "Harvest"


def test_travel_ends_with_the_test_first_half(travel):
    before = now()
    travel(days=31)
    assert now() - before >= timedelta(days=31)


def test_travel_ends_with_the_test_second_half():
    from host import clock

    assert clock.offset() == timedelta()


def test_two_apps_may_share_a_database(make_app, tmp_path, app, owner):
    url, user_id = app.extensions["fallow"].config.database, owner.id
    make_app(plugins=(), database_url=url, data=tmp_path / "other")
    assert db.session.get(User, user_id).name == "Ada Field"


@pytest.mark.postgres
def test_the_server_is_one_that_we_support(postgres):
    with psycopg.connect(postgres.dsn) as connection:
        assert connection.info.server_version >= 14_00_00
