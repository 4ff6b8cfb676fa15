"""`fallow serve`: the team server."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import click
from flask import Flask

from host.app import require_writable
from host.commands import config as configured
from host.config import Config
from host.desktop.instance import Instance
from host.desktop.launch import is_begun, launch_url
from host.errors import Fault
from host.i18n import _
from host.lifetime import run
from host.listening import ANYWHERE, address, is_loopback, listen, local_address


@click.command()
@click.option("--host", help="The address to listen on; 127.0.0.1, so only this machine, when left out.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 7333 when left out, 0 for a free one.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="Web processes; more than one on PostgreSQL.")
@click.option("--no-worker", is_flag=True, help="Run no jobs here: `fallow worker` does, in a process of its own.")
def serve(host: str | None, port: int | None, workers: int, no_worker: bool) -> None:
    """Serve a team until told to stop."""
    config = answering_to_own_address(configured(host=host, port=port))
    if workers > 1 and config.on_sqlite:
        raise Fault(_("Several web processes need PostgreSQL (FALLOW_DATABASE_URL); on SQLite one serves all."))
    require_writable(config)
    with _alone(config) as instance, listen(config.host, config.port) as sock:
        _warn(config, sock)
        announce = partial(_announce, config, sock, instance)
        run(config, sock, ready=announce, worker=not no_worker, processes=workers)


def answering_to_own_address(config: Config) -> Config:
    """Who listens on one address that was named may be asked by it: no name stands in between that could be turned."""
    if config.host in ANYWHERE:
        return config
    return replace(config, trusted_hosts=(*config.trusted_hosts, config.host))


@contextmanager
def _alone(config: Config) -> Iterator[Instance | None]:
    """On SQLite one process holds all live streams. Raises Fault while another program runs on the data folder."""
    if not config.on_sqlite:
        yield None
        return
    with Instance(config.data) as instance:
        if not instance.take():
            running = instance.running()
            raise Fault(_("Fallow runs on this data folder already, at %(url)s.", url=running.url if running else "…"))
        yield instance


def _warn(config: Config, sock: socket.socket) -> None:
    if config.host in ANYWHERE and not is_loopback(sock) and not (config.public_url or config.trusted_hosts):
        where = "FALLOW_PUBLIC_URL or FALLOW_TRUSTED_HOSTS"
        note = _("Only requests to localhost are answered until %(where)s names this server.", where=where)
        click.echo(note, err=True)


def _announce(config: Config, sock: socket.socket, instance: Instance | None, app: Flask) -> None:
    """One line. Before the first space there is no password to ask for, so only who sees this line may make it."""
    if instance is not None:
        instance.tell(local_address(sock))
    url = address(sock, config)
    click.echo(_("Fallow is ready at %(url)s", url=url if is_begun(app) else launch_url(app, url)))
