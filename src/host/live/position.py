"""How far the hub had come when a page was asked for: its stream goes on from there, and nothing falls between."""

from flask import Flask, g

from host.live.wire import live


def init(app: Flask) -> None:
    app.before_request(_remember)
    app.context_processor(lambda: {"live_since": g.get("live_since", "")})


def _remember() -> None:
    """Before the page reads anything: what is committed after this moment has a later position."""
    hub = live().hub
    g.live_since = hub.position if hub else ""
