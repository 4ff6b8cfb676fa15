"""Plugins written on the spot, in the data folder of a test."""

import shutil
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from flask import Flask

from host.plugging import PluginRegistry
from host.plugging.state import State

Plant = Callable[..., Path]
ORCHARD = Path(__file__).parent / "data" / "plugins" / "orchard"

HEAD = """\
from host import *
from host import _

PLUGIN = Plugin({name!r}, title={title!r}, summary="For a test.", version="1.2")
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def plant(data: Path) -> Plant:
    """plant("orchard", source): a package with a PLUGIN and this source, in the data folder's `plugins/`.

    Further files by their path: `**{"templates/orchard/a.html": "…"}`.
    """

    def planted(name: str, source: str = "", *, head: str = HEAD, **files: str) -> Path:
        package = data / "plugins" / name
        start = head.format(name=name, title=name.replace("_", " ").capitalize())
        for path, content in {"__init__.py": start + dedent(source), **files}.items():
            target = package / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(dedent(content) if path != "__init__.py" else content)
        return package

    return planted


@pytest.fixture
def loaded(data: Path) -> Callable[..., PluginRegistry]:
    """loaded("orchard"): the registry of a start with these plugins only; without names, as the switches stand."""

    def load(*only: str, **settings: bool) -> PluginRegistry:
        data.mkdir(exist_ok=True)
        registry = PluginRegistry(data, only=only or None, **settings)
        registry.load()
        return registry

    return load


@pytest.fixture
def orchard(data: Path) -> Callable[[str, str], None]:
    """The plugin that uses every hook, switched on; `orchard("board_banner", "1 / 0")` lets that hook fail."""
    shutil.copytree(ORCHARD, data / "plugins" / "orchard")
    State.read(data).switch_on(["orchard"])

    def fail(hook: str, fault: str) -> None:
        source = f"def may_fail(hook):\n    if hook == {hook!r}:\n        {fault}\n"
        (data / "plugins" / "orchard" / "faults.py").write_text(source)

    return fail


@pytest.fixture
def sown(plant: Plant, make_app: Callable[..., Flask], data: Path) -> Callable[..., Flask]:
    """sown(orchard=source, …): a program with these plugins, whose faults do not end the test."""

    def sow(**sources: str) -> Flask:
        for name, source in sources.items():
            plant(name, source)
        return make_app(plugins=list(sources), data=data, strict=False)

    return sow
