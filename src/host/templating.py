"""Jinja: where templates lie, what every page may use, and the guard around what plugins draw."""

from pathlib import Path

from flask import Flask
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader

from host import i18n
from host.plugging import PluginRegistry

PACKAGE = Path(__file__).resolve().parent


def folder() -> Path:
    """The host's templates: in a checkout beside `src/`, in a wheel or the executable inside the package.

    The checkout comes first: an editable install leaves a stale copy in site-packages. Elsewhere it is not looked for:
    the executable unpacks itself below a folder where anybody may write.
    """
    checkout = [PACKAGE.parents[1] / "templates"] if PACKAGE.parent.name == "src" else []
    for candidate in (*checkout, PACKAGE / "templates"):
        if (candidate / "base.html").is_file():
            return candidate
    raise FileNotFoundError("the host's templates are missing from this installation")


def init(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(i18n._, _plural, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"]  # as given, it would look that up for each text
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_loader = loader(app.extensions["fallow"].plugins)


def loader(plugins: PluginRegistry) -> BaseLoader:
    """`<plugin>/…` is looked for in that plugin's folder alone, so none can replace another's or the host's."""
    folders = {
        each.name: FileSystemLoader(Path(each.module.__file__).parent / "templates" / each.name)
        for each in plugins.on
        if each.module is not None and each.module.__file__
    }
    return ChoiceLoader([FileSystemLoader(folder()), PrefixLoader(folders)])


def _plural(one: str, many: str, n: int) -> str:
    """Only the number is filled in here: Jinja does it with the other values, each of them escaped."""
    return i18n.translations.ngettext(one, many, n).replace("%(n)s", f"{n:,}")
