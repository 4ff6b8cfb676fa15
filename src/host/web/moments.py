"""Times as people say them, by the clock of whoever reads them."""

from datetime import date, datetime, tzinfo

from flask import Flask, has_request_context

from host.clock import now
from host.models import User
from host.web.login import current_user, signed_in
from host.web.once import once_a_page
from host.zones import HERE


def init(app: Flask) -> None:
    app.jinja_env.globals.update(local_time=local_time, short_day=short_day, plain_day=plain_day)


def local_time(at: datetime, person: User | None = None) -> datetime:
    """The same moment on the wall clock of this person: whoever is signed in, if none is given. Where nobody is, as in
    a job, it is this computer's."""
    return at.astimezone(person.timezone if person else _zone_of_reader())


def short_day(at: datetime, person: User | None = None) -> str:
    """`4 Aug`, or `4 Aug 2025` in another year."""
    day, today = local_time(at, person), local_time(now(), person)
    words = f"{day.day} {day:%b}"
    return words if day.year == today.year else f"{words} {day.year}"


@once_a_page
def plain_day(day: date) -> str:
    """A day of the calendar, the same in all zones: `4 Aug 2025`."""
    return f"{day.day} {day:%b %Y}"


@once_a_page
def _zone_of_reader() -> tzinfo:
    return current_user.timezone if has_request_context() and signed_in() else HERE
