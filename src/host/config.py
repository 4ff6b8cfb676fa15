"""Settings: defaults < `fallow.toml` in the data folder < environment < command line."""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs
from sqlalchemy import URL

from host.addresses import database_address, public_address
from host.errors import Fault
from host.given_addresses import read_addresses
from host.i18n import _
from host.mail.smtp_url import read_sender, read_smtp_url
from host.secret import kept_secret

PORT = 7333
MOST_THREADS = 64
MOST_MEGABYTES = 1000
SHORTEST_KEY = 32  # characters
SWITCH = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
    "": False,
}


class _Bracketed(str):
    """An IPv6 address as a Host header has it. Werkzeug cuts the names it trusts at their first colon; not these."""

    __slots__ = ()

    def partition(self, _sep: str, /) -> tuple[str, str, str]:
        return str(self), "", ""


@dataclass(frozen=True)
class Config:
    """Everything that a person may set from outside; each field is `FALLOW_<NAME>` in the environment."""

    data: Path = field(default_factory=lambda: Path(platformdirs.user_data_dir("fallow", appauthor=False)))
    database_url: str = ""  # SQLite in the data folder when empty
    huey_url: str = ""  # a SQLite file beside it, or the same PostgreSQL
    host: str = "127.0.0.1"
    port: int = PORT
    public_url: str = ""  # the address people type, where it is not the one we listen on
    trusted_hosts: tuple[str, ...] = ()  # besides loopback names and the public address
    secret_key: str = ""  # made and kept in the data folder when empty
    encryption_key: tuple[str, ...] = field(default=(), repr=False)  # likewise; the first encrypts, all decrypt
    allow_networks: tuple[str, ...] = ()  # ranges that are not public and may be sent to: `host.outgoing`
    threads: int = 2  # worker threads for jobs
    largest_file: int = 25  # megabytes that somebody may bring at once
    smtp_url: str = field(default="", repr=False)  # the mail server of spaces that have none of their own
    mail_from: str = ""  # whom the letters by it are from
    addresses: Mapping[str, str] = field(default_factory=dict)  # of others, by name: `host.given_addresses`
    plugins: tuple[str, ...] | None = None  # only these, when given; none for an empty list
    safe: bool = False  # start without any plugin
    strict: bool = False  # a broken plugin ends the start: for CI and plugin authors

    @property
    def database(self) -> str:
        return self.database_url or _sqlite(self.data / "fallow.db")

    @property
    def on_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    @property
    def allowed_hosts(self) -> list[str]:
        """Names that a request may be addressed to: a guard against DNS rebinding. Loopback names always may."""
        public = urlsplit(self.public_url).hostname
        names = ["localhost", "127.0.0.1", "[::1]", *self.trusted_hosts, *([public] if public else [])]
        return [_Bracketed(f"[{name.strip('[]')}]") if name.count(":") > 1 else name for name in names]

    def with_secret(self) -> "Config":
        return self if self.secret_key else replace(self, secret_key=kept_secret(self.data / "secret.key"))

    def with_encryption_key(self) -> "Config":
        if self.encryption_key:
            return self
        return replace(self, encryption_key=(kept_secret(self.data / "encryption.key"),))


def load(**given: Any) -> Config:
    """The settings in force; `given` is what the command line said (None means nothing was said).

    Raises Fault when a value cannot be read.
    """
    said = {key: value for key, value in given.items() if value is not None}
    data = _folder(said.get("data") or os.environ.get("FALLOW_DATA") or Config().data)
    found = {**_from_file(data / "fallow.toml"), **_from_environment(os.environ), **said, "data": data}
    names = {each.name for each in fields(Config)}
    unknown = sorted(set(found) - names)
    if unknown:
        raise Fault(_("fallow.toml: unknown setting %(name)s.", name=unknown[0]))
    return Config(**{key: _typed(key, value, data) for key, value in found.items()})


def _folder(given: str | Path) -> Path:
    try:
        return Path(given).expanduser().absolute()
    except RuntimeError as error:  # ~somebody, whom this machine does not know
        raise Fault(_("There is no home folder for %(path)s.", path=given)) from error


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:  # no TOML, or no UTF-8
        raise Fault(_("%(path)s cannot be read: %(error)s", path=path, error=error)) from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    names = (each.name for each in fields(Config))
    return {name: environ[key] for name in names if (key := f"FALLOW_{name.upper()}") in environ}


def _typed(key: str, value: Any, data: Path) -> Any:
    """The value as its field is, whether it was typed as text or stands in the file as what it is."""
    if key == "port":
        return _number(key, value)
    if key in ("threads", "largest_file"):
        return _threads(_number(key, value)) if key == "threads" else _largest_file(_number(key, value))
    if key in ("safe", "strict"):
        return _switch(key, value)
    if key in LISTS:
        return LISTS[key](key, value)
    if not isinstance(value, str | Path):
        raise Fault(_("%(name)s takes text, not “%(value)s”.", name=key, value=value))
    if key == "mail_from" and value:
        read_sender(key, str(value))
    return _address(key, str(value), data) if key.endswith("_url") and value else value


def _address(key: str, value: str, data: Path) -> str:
    """Huey's is read where its store is opened: it may be a Redis."""
    if key == "public_url":
        return public_address(key, value)
    if key == "smtp_url":
        read_smtp_url(key, value)
    return database_address(key, value, data) if key == "database_url" else value


def _threads(count: int) -> int:
    if not 1 <= count <= MOST_THREADS:
        raise Fault(_("threads is a number from 1 to %(most)s, not %(count)s.", most=MOST_THREADS, count=count))
    return count


def _largest_file(megabytes: int) -> int:
    if not 1 <= megabytes <= MOST_MEGABYTES:
        sentence = _("largest_file is a number from 1 to %(most)s, not %(n)s.", most=MOST_MEGABYTES, n=megabytes)
        raise Fault(sentence)
    return megabytes


def _number(key: str, value: Any) -> int:
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise Fault(_("%(name)s takes a whole number, not “%(value)s”.", name=key, value=value))


def _switch(key: str, value: Any) -> bool:
    switch = SWITCH.get(str(value).lower())
    if switch is None:
        raise Fault(_("%(name)s takes true or false, not “%(value)s”.", name=key, value=value))
    return switch


def _words(key: str, value: Any) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise Fault(_("%(name)s takes names separated by commas, not “%(value)s”.", name=key, value=value))
    return tuple(part.strip() for part in parts if part.strip())


def _networks(key: str, value: Any) -> tuple[str, ...]:
    networks = _words(key, value)
    for each in networks:
        try:
            ip_network(each)
        except ValueError as error:
            sentence = _("%(name)s takes ranges such as 10.0.0.0/8, not “%(value)s”.", name=key, value=each)
            raise Fault(sentence) from error
    return networks


def _keys(key: str, value: Any) -> tuple[str, ...]:
    """What was given is not repeated: it may be nearly right."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise Fault(_("%(name)s takes keys separated by commas.", name=key))
    keys = tuple(part.strip() for part in parts if part.strip())
    if any(len(each) < SHORTEST_KEY for each in keys):
        raise Fault(_("%(name)s takes keys of at least %(n)s characters each.", name=key, n=SHORTEST_KEY))
    return keys


# What is given as several, separated by commas.
LISTS: Mapping[str, Callable[[str, Any], Any]] = {
    "plugins": _words,
    "trusted_hosts": _words,
    "encryption_key": _keys,
    "allow_networks": _networks,
    "addresses": read_addresses,
}


def _sqlite(path: Path) -> str:
    """An address in which a folder's name may hold what an address may not."""
    return URL.create("sqlite", database=str(path)).render_as_string()
