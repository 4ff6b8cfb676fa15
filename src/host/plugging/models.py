"""Plugins' models. SQLAlchemy works out all models of a program together, so one that is wrong would spoil them all."""

import sys
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Mapper, configure_mappers
from sqlalchemy.orm.instrumentation import manager_of_class

from host.db import Base


def settle_ours() -> None:
    """Before any plugin is imported: what our models say of each other means each other, whatever names plugins use."""
    import host.models  # noqa: F401

    configure_mappers()


def settle(package: str) -> None:
    """Work out what a plugin's models say. Raises SQLAlchemyError when it makes no sense."""
    if next(written_in(package), None) is not None:
        configure_mappers()


def written_in(package: str) -> Iterator[Mapper[object]]:
    """The models of a plugin, known by the module in which each was written."""
    return (mapper for mapper in list(Base.registry.mappers) if _inside(mapper.class_.__module__, package))


def forget(package: str) -> None:
    """Take out what a plugin that failed left behind, so that nothing stumbles over it."""
    for mapper in written_in(package):
        for table in mapper.tables:
            if isinstance(table, Table):
                Base.metadata.remove(table)
        _let_go(Base.registry, manager_of_class(mapper.class_))
    for name in [name for name in sys.modules if _inside(name, package)]:
        del sys.modules[name]


def _let_go(registry: Any, manager: Any) -> None:
    """SQLAlchemy has a public way for all classes, but none for one."""
    registry._dispose_manager_and_mapper(manager)  # noqa: SLF001
    registry._managers.pop(manager, None)  # noqa: SLF001


def _inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
