"""Settings: defaults < `fallow.toml` in the data folder < environment < command line."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs
from sqlalchemy import URL

from host.errors import Fault
from host.i18n import _

PORT = 7333


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
    threads: int = 2  # worker threads for jobs
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
        return ["localhost", "127.0.0.1", "[::1]", *self.trusted_hosts, *([public] if public else [])]

    def with_secret(self) -> "Config":
        return self if self.secret_key else replace(self, secret_key=_kept_secret(self.data / "secret.key"))


def load(**given: Any) -> Config:
    """The settings in force; `given` is what the command line said (None means nothing was said).

    Raises Fault when a value cannot be read.
    """
    said = {key: value for key, value in given.items() if value is not None}
    data = Path(said.get("data") or os.environ.get("FALLOW_DATA") or Config().data).expanduser().absolute()
    found = {**_from_file(data / "fallow.toml"), **_from_environment(os.environ), **said, "data": data}
    names = {each.name for each in fields(Config)}
    unknown = sorted(set(found) - names)
    if unknown:
        raise Fault(_("fallow.toml: unknown setting %(name)s.", name=unknown[0]))
    return Config(**{key: _typed(key, value) for key, value in found.items()})


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Fault(_("%(path)s cannot be read: %(error)s", path=path, error=error)) from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    names = (each.name for each in fields(Config))
    return {name: environ[key] for name in names if (key := f"FALLOW_{name.upper()}") in environ}


def _typed(key: str, value: Any) -> Any:
    if not isinstance(value, str):
        return tuple(value) if isinstance(value, list) else value
    if key in ("port", "threads"):
        if not value.isdigit():
            raise Fault(_("%(name)s takes a whole number, not “%(value)s”.", name=key, value=value))
        return int(value)
    if key in ("safe", "strict"):
        return value.lower() in ("1", "true", "yes", "on")
    if key in ("plugins", "trusted_hosts"):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _sqlite(path: Path) -> str:
    """An address in which a folder's name may hold what an address may not."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def _kept_secret(path: Path) -> str:
    """The key that signs cookies, made once; O_EXCL lets two first starts agree on one."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text()
