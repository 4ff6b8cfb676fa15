"""Plugins written on the spot, in the data folder of a test."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from host.plugging import PluginRegistry

Plant = Callable[..., Path]

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
