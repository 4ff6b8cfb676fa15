"""What may import what: the host knows no plugin, and a plugin knows only the host's face."""

import ast
import importlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from importlinter.cli import lint_imports

import host
from host.plugging.plugin import Plugin
from tests.contract.source import PLUGINS, ROOT, modules, shown, tracked

FACE = {name for name, value in vars(host).items() if not name.startswith("__") and not isinstance(value, ModuleType)}


@pytest.fixture
def loggers_as_they_were():
    """The linter sets up logging for itself, and switches off what was there before."""
    yield
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            logger.disabled = False


@pytest.mark.usefixtures("loggers_as_they_were")
def test_import_contracts_hold(capsys):
    failed = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_logo=True, no_cache=True)
    assert not failed, capsys.readouterr().out


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)
def test_a_plugin_uses_only_the_faces_of_the_host_and_of_what_it_requires(plugin):
    described: Plugin = importlib.import_module(f"plugins.{plugin.name}").PLUGIN
    allowed = {"host", *(f"plugins.{name}" for name in described.requires)}
    strange = [
        f"{shown(path)}: {module}" + (f".{name}" if name else "")
        for path in modules(plugin)
        for module, name in imports(path)
        if module.split(".")[0] in {"host", "plugins"}
        if not own(module, plugin)
        if module not in allowed or (module == "host" and name not in FACE)
    ]
    assert strange == []


def test_migrations_import_nothing_of_ours():
    """A model goes on changing; the step that a migration describes does not."""
    ours = [
        f"{shown(path)}: {module}"
        for folder in (*PLUGINS, ROOT / "src" / "host")
        for path in modules(folder / "migrations")
        for module, _name in imports(path)
        if module.split(".")[0] in {"host", "plugins"}
    ]
    assert ours == []


def test_nothing_names_a_machine_or_an_index():
    home, index = r"(?<![\w.])/(?:home|Users|root|work)/[\w.]|[A-Z]:\\Users\\", r"--(?:extra-)?index-url\b|/simple/"
    named = re.compile(f"{home}|{index}")
    hits = [
        f"{shown(path)}:{number}"
        for path in tracked()
        if path.suffix not in {".png", ".woff2", ".ico"} and ".min." not in path.name
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if named.search(line) and path != Path(__file__)
    ]
    assert hits == []


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of each import; a name of None is a plain `import module`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.module or "", alias.name) for alias in node.names)


def own(module: str, plugin: Path) -> bool:
    package = f"plugins.{plugin.name}"
    return module == package or module.startswith(f"{package}.")
