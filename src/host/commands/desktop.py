"""`fallow` alone: the program for one person on this machine."""

import socket
from dataclasses import replace

import click
from flask import Flask

from host.app import create_app, require_writable
from host.commands import config as configured
from host.config import Config
from host.desktop.instance import Instance
from host.desktop.launch import launch_url
from host.desktop.port import listen_where_last
from host.desktop.window import show
from host.i18n import _
from host.lifetime import run
from host.listening import local_address


@click.command()
@click.option("--no-window", is_flag=True)  # given to `fallow` itself
def desktop(no_window: bool) -> None:
    """Start Fallow on this machine and open it; when it runs already, show it."""
    config = replace(configured(), host="127.0.0.1", public_url="")
    require_writable(config)
    with Instance(config.data) as instance:
        if instance.take():
            start(config, instance, window=not no_window)
        else:
            show_running(config, instance, window=not no_window)


def start(config: Config, instance: Instance, *, window: bool) -> None:
    """Serve until told to stop."""
    with listen_where_last(config) as sock:
        run(config, sock, ready=lambda app: _open(app, config, sock, instance, window=window))


def show_running(config: Config, instance: Instance, *, window: bool) -> None:
    """Let the person into the program that runs already; we reach the same database."""
    url = instance.answering().url
    app = create_app(replace(config, plugins=()), upgrade=False)
    present(launch_url(app, url), url, config, window=window)


def present(launch: str, url: str, config: Config, *, window: bool) -> None:
    """Open the one-time address, or print it where nothing can open it."""
    shown = window and show(launch, config.data / "window")
    said = _("Fallow is at %(url)s", url=url) if shown else _("Open Fallow at %(url)s", url=launch)
    click.echo(said)


def _open(app: Flask, config: Config, sock: socket.socket, instance: Instance, *, window: bool) -> None:
    app.config["DESKTOP"] = True
    url = local_address(sock)
    instance.tell(url)
    present(launch_url(app, url), url, config, window=window)
