"""How many statements something makes, so that lists are held to a fixed number."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from host import db


@pytest.fixture
def counted(app: Flask) -> Callable[[Callable[[], object]], int]:
    """`counted(act)`: how many statements it makes."""

    def count(act: Callable[[], object]) -> int:
        heard: list[str] = []

        def hear(*args: Any) -> None:
            heard.append(args[2])

        event.listen(db.engine, "before_cursor_execute", hear)
        act()
        event.remove(db.engine, "before_cursor_execute", hear)
        return len(heard)

    return count
