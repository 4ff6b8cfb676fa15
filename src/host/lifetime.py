"""From start to stop of the running program: app, jobs and server, in an order in which nothing is lost."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import click
from flask import Flask

from host import clock, heap
from host.app import create_app
from host.config import Config
from host.errors import Fault
from host.i18n import _
from host.jobs import consumer
from host.plugging.state import State
from host.processes import Processes
from host.server import Server
from host.stop import Stop

JOBS_GRACE = 20  # seconds for running jobs to end after a stop was asked for; what does not runs again later


def run(
    config: Config, sock: socket.socket, *, ready: Callable[[Flask], None], worker: bool = True, processes: int = 1
) -> None:
    """Serve until a signal comes. `ready` is called, in a thread, once requests are answered.

    Raises Fault when the program cannot start.
    """
    stop = Stop().on_signals()
    say_moved_clock()
    with counted(config) as config:
        app = create_app(config)
        server = Server(app, ready=lambda: _ready(app, ready))
        heap.settle()
        with Processes(config, sock, processes - 1) as others:
            stop.then(lambda: _end(server, others))
            all_ended = _serve(server, sock, worker=worker)
            others.stop()
    if not all_ended:
        # What is left hangs in threads, and Python would wait for them without end.
        click.echo(_("Fallow stopped; what had not ended in time was left behind."), err=True)
        os._exit(1)


@contextmanager
def counted(config: Config) -> Iterator[Config]:
    """Count this start until it answers: after two that came to no end the settings ask for safe mode."""
    state = State.read(config.data)
    safe = state.begin_start()
    try:
        yield replace(config, safe=config.safe or safe)
    except Fault:
        state.end_start()  # it ended in good order, with a word to the person
        raise
    state.end_start()


def say_moved_clock() -> None:
    """A clock that a test moved must not go unnoticed."""
    if path := os.environ.get("FALLOW_CLOCK_FILE"):
        time = f"{clock.now():%Y-%m-%d %H:%M} UTC"
        click.echo(_("The clock is moved by %(path)s: Fallow believes it is %(time)s.", path=path, time=time), err=True)


def _ready(app: Flask, ready: Callable[[Flask], None]) -> None:
    app.extensions["fallow"].plugins.state.end_start()
    ready(app)


def _end(server: Server, others: Processes) -> None:
    server.should_exit = True
    others.stop()


def _serve(server: Server, sock: socket.socket, *, worker: bool) -> bool:
    """Whether all requests and jobs came to their end."""
    consuming = consumer.start(server.app) if worker else None
    try:
        server.run_on(sock)
    finally:
        stopped = consuming.stop(JOBS_GRACE) if consuming else True
    return stopped and not server.gave_up
