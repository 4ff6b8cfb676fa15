"""Static files under addresses that name their content, so that a browser keeps each for good and never an old one.

The digest stands before the path (`/static/<digest>/css/app.css`), so relative addresses inside style sheets and
modules keep working, and it covers the host's tree and every plugin's: one page never mixes two versions.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from host.web.login import public

STATIC = Path(__file__).resolve().parents[1] / "static"
FOREVER = timedelta(days=365)
# Written down, because what the system's own table says of these differs between machines.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
IMPORT = re.compile(rb"@import url\(([\w.-]+)\);")


def init(app: Flask) -> None:
    """Serve the host's files and those of each plugin that runs and has a `static` folder."""
    running = app.extensions["fallow"].plugins.on
    packages = {
        each.name: Path(each.module.__file__).parent for each in running if each.module and each.module.__file__
    }
    register(app, {name: package / "static" for name, package in packages.items() if (package / "static").is_dir()})


def register(app: Flask, folders: Mapping[str, Path]) -> None:
    """Serve the host's files and each plugin's `folders[name]`; give templates `static_url` and `plugin_static_url`."""
    assets = Assets({"": STATIC, **{f"plugins/{name}/": folder for name, folder in folders.items()}})
    app.add_url_rule("/static/<digest>/<path:name>", "assets", assets.respond)
    app.jinja_env.globals["static_url"] = assets.url
    app.jinja_env.globals["plugin_static_url"] = assets.plugin_url
    app.session_interface = PageSessions()


class PageSessions(SecureCookieSessionInterface):
    """Renews the session's cookie with pages only.

    A file, ours or somebody's, that came with `Set-Cookie` or `Vary: Cookie` would be asked for again whenever the
    cookie has changed. And what others than the visitor's browser may keep is no place for their cookie.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        kept = response.cache_control.immutable or response.cache_control.public
        if request.endpoint != "assets" and not kept:
            super().save_session(app, session, response)


class Assets:
    """The files below some folders, each folder under a prefix, as they were when the program started."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self.files = {prefix + name: path for prefix, folder in folders.items() for name, path in _below(folder)}
        self.digest = _digest(self.files)
        self.style = _with_imports(STATIC / "css" / "app.css")

    def url(self, name: str) -> str:
        """The address of one of the host's files. Raises LookupError for a file that is not there."""
        if name not in self.files:
            raise LookupError(f"There is no static file {name}.")
        return f"/static/{self.digest}/{name}"

    def plugin_url(self, plugin: str, name: str) -> str:
        """The address of one of a plugin's files. Raises LookupError for a file that is not there."""
        return self.url(f"plugins/{plugin}/{name}")

    @public
    def respond(self, digest: str, name: str) -> Response:
        # Only what was there at the start is served: a path from outside never reaches the file system.
        path = self.files.get(name)
        if path is None or digest != self.digest:
            abort(404)
        response = Response(self.style if name == "css/app.css" else path.read_bytes())
        response.content_type = TYPES.get(path.suffix, "application/octet-stream")
        response.cache_control.public = True
        response.cache_control.immutable = True
        response.cache_control.max_age = int(FOREVER.total_seconds())
        return response


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _digest(files: Mapping[str, Path]) -> str:
    whole = sha256()
    for name, path in sorted(files.items()):
        whole.update(name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:12]


def _with_imports(sheet: Path) -> bytes:
    """The style sheet with its imports put in place: one request for all of it, and no build step."""
    return IMPORT.sub(lambda found: (sheet.parent / found[1].decode()).read_bytes(), sheet.read_bytes())
