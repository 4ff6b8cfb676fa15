"""SQLite connections: opening one must not wait for whoever writes."""

import pytest
from sqlalchemy import text

from host.db import db


@pytest.mark.sqlite_only("a server has no file to lock")
def test_a_connection_opens_while_another_writes(app):
    with db.engine.begin() as writer:
        writer.execute(text("UPDATE account SET name = name"))
        db.engine.raw_connection().close()


@pytest.mark.sqlite_only("a server cleans up by itself")
def test_a_new_file_gives_freed_pages_back_step_by_step(app):
    with db.engine.connect() as connection:
        assert connection.execute(text("PRAGMA auto_vacuum")).scalar() == 2  # INCREMENTAL
