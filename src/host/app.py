"""Assembling the program, one line a concern."""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask

from host import api, jobs, live, migrate, templating, web
from host.config import Config
from host.config import load as load_config
from host.db import init as init_database
from host.errors import Fault
from host.i18n import _
from host.plugging import PluginRegistry, guard

if TYPE_CHECKING:
    from host.jobs.doorbell import Doorbell

log = logging.getLogger(__name__)

FILES_AT_ONCE = 4  # of the largest, as pictures of a post may come


@dataclass
class Fallow:
    """What the running program holds besides Flask's own: `app.extensions["fallow"]`."""

    config: Config
    plugins: PluginRegistry
    doorbell: "Doorbell | None" = None


def create_app(config: Config | None = None, *, upgrade: bool = True) -> Flask:
    """The WSGI application, its database upgraded. Starts no thread and no server.

    Raises Fault when the data folder or the database cannot be used.
    """
    config = config or load_config()
    require_writable(config)
    config = config.with_secret().with_encryption_key()
    plugins = PluginRegistry(config.data, only=config.plugins, safe=config.safe, strict=config.strict)
    plugins.load()
    if upgrade:
        migrate.upgrade(config, plugins)
    app = Flask("host", static_folder=None, template_folder=None)
    app.config.from_mapping(_settings(config))
    app.extensions["fallow"] = Fallow(config, plugins)
    init_database(app)
    # Live updates first: they note where a request stands before anything is read.
    for part in (live, jobs, guard, templating, web, api):
        part.init(app)
    guard.watch(app)
    plugins.settle()
    return app


def require_writable(config: Config) -> None:
    """Raises Fault when the data folder cannot be made or written. A new one is for this user alone."""
    try:
        config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = config.data / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Fault(
            _("The data folder %(path)s cannot be written: %(error)s.", path=config.data, error=error.strerror)
        ) from error


def _settings(config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database,
        # What a statement was given may be a secret, and its error ends in a log or on a page.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "SESSION_COOKIE_NAME": "fallow_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.public_url.startswith("https:"),
        "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 90,
        "SESSION_REFRESH_EACH_REQUEST": False,  # once a day is enough: see `host.web.login`
        "MAX_CONTENT_LENGTH": (config.largest_file * FILES_AT_ONCE + 1) * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "TRUSTED_HOSTS": config.allowed_hosts,
        "WTF_CSRF_TIME_LIMIT": None,
        "API_TITLE": "Fallow",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/api/v1",
        "OPENAPI_JSON_PATH": "openapi.json",
    }
