"""Links to our own pages for whoever reads them elsewhere, such as in a letter."""

from urllib.parse import urlsplit

from flask import current_app

from host.config import PORT, Config
from host.desktop.instance import Instance
from host.desktop.port import remembered
from host.listening import ANYWHERE, bracketed


def absolute_url(path: str) -> str:
    """The address of a page of ours (`/cards/12`), outside of a request as well: below `public_url`, else below the
    address that the program which runs on the data folder listens on, else below the one it would.

    Raises ValueError for what is no path of ours.
    """
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"“{path}” is no path of ours, which begins with one slash")
    return _base(current_app.extensions["fallow"].config) + path


def absolute_url_for(endpoint: str, **values: object) -> str:
    """The same for an endpoint, as `url_for` has it, which itself needs a request."""
    return absolute_url(current_app.url_map.bind("").build(endpoint, values))


def _base(config: Config) -> str:
    if config.public_url:
        return config.public_url.rstrip("/")
    running = Instance(config.data).running()
    if running is not None and urlsplit(running.url).hostname:
        return running.url.rstrip("/")
    host = "127.0.0.1" if config.host in ANYWHERE else bracketed(config.host)
    port = config.port if config.port != PORT else next(iter(remembered(config.data)), PORT)
    return f"http://{host}:{port}"
