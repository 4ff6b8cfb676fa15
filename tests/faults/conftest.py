"""What the crash tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from host.app import create_app
from host.config import Config
from host.db import db
from tests.faults.field import plant
from tests.postgres import PostgresTemplates

FULL = os.environ.get("FALLOW_FAULTS") == "full"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def planted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The program with the plugin `field`, its context pushed."""
    plant(tmp_path)
    url = ""
    if request.param == "postgres":
        server: PostgresTemplates = request.getfixturevalue("postgres")
        url = server.empty(tmp_path)
    app = create_app(Config(data=tmp_path, database_url=url, plugins=("field",)))
    with app.app_context():
        number = "SERIAL" if url else "INTEGER"
        db.session.execute(text(f"CREATE TABLE field_row (id {number} PRIMARY KEY, what TEXT)"))
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()
