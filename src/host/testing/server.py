"""The program as a browser meets it."""

from collections.abc import Iterator
from threading import Event, Thread

import pytest
from flask import Flask

from host.db import db
from host.listening import listen, local_address
from host.live.wire import EXTENSION
from host.server import Server

PATIENCE = 30  # seconds


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address of `app`, served as it is to people, with its live streams and without a worker.

    Commit what the test does before the browser is to see it: on SQLite the server waits for an open transaction.
    """
    db.session.commit()
    before = app.extensions[EXTENSION]
    ready = Event()
    sock = listen("127.0.0.1", 0)
    server = Server(app, ready=ready.set)
    thread = Thread(target=server.run_on, args=(sock,))
    thread.start()
    if not ready.wait(PATIENCE):
        raise RuntimeError("the server did not start")
    yield local_address(sock)
    db.session.rollback()
    server.should_exit = True
    thread.join(PATIENCE)
    if thread.is_alive():
        raise RuntimeError("the server did not stop")
    app.extensions[EXTENSION] = before  # the next test has this program again, and its pages no stream
