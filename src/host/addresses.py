"""The addresses among the settings: of the database, of Huey's store, and the one that people type."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from host.errors import Fault
from host.i18n import _

IN_MEMORY = (None, "", ":memory:")


def database_address(name: str, address: str, data: Path) -> str:
    """Fit for SQLAlchemy: a file's whole path, a relative one below the data folder, or PostgreSQL by its driver.

    Raises Fault, with the setting's name, for any other.
    """
    url = _parsed(name, address)
    kind = url.get_backend_name()
    if kind == "sqlite":
        return _with_whole_path(name, url, data).render_as_string()
    if kind not in ("postgresql", "postgres"):
        raise Fault(_no_database(name, kind))
    if find_spec("psycopg") is None:
        raise Fault(_("PostgreSQL needs the Python package “psycopg”: pip install 'fallow[server]'."))
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def public_address(name: str, address: str) -> str:
    """What people type, as it is. Raises Fault, with the setting's name, for what no browser would open."""
    try:
        parts = urlsplit(address)
        fits = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # half of an IPv6 address, a port that is no number
        fits = False
    if not fits:
        raise Fault(_("%(name)s is like https://fallow.example.org, not “%(value)s”.", name=name, value=address))
    return address


def _parsed(name: str, address: str) -> URL:
    """What SQLAlchemy reads in it; an address may hold a password, so what is wrong is not said back."""
    try:
        return make_url(address)
    except (ArgumentError, ValueError) as error:
        raise Fault(_no_database(name, address.partition(":")[0])) from error


def _no_database(name: str, kind: str) -> str:
    return _("%(name)s takes sqlite:///… or postgresql://…, not “%(kind)s”.", name=name, kind=kind)


def _with_whole_path(name: str, url: URL, data: Path) -> URL:
    if url.database in IN_MEMORY:
        raise Fault(_("%(name)s must name a file: a database in memory is gone with each command.", name=name))
    return url.set(drivername="sqlite", database=str(data / str(url.database)))
