"""Times as people say them, in this computer's zone."""

from datetime import datetime

from flask import Flask

from host.clock import now


def init(app: Flask) -> None:
    app.jinja_env.globals.update(local_time=local_time, short_day=short_day)


def local_time(at: datetime) -> datetime:
    """The same moment on this computer's wall clock."""
    return at.astimezone()


def short_day(at: datetime) -> str:
    """`4 Aug`, or `4 Aug 2025` in another year."""
    day, today = local_time(at), local_time(now())
    words = f"{day.day} {day:%b}"
    return words if day.year == today.year else f"{words} {day.year}"
