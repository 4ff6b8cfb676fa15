"""What the host's tests share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import programs
from tests.programs import Program


@pytest.fixture
def start(data: Path) -> Iterator[Callable[..., Program]]:
    """`start("serve", "--port", "0")`: the program as a process of its own, ended with the test."""
    begun: list[Program] = []

    def one(*arguments: str, **environment: str) -> Program:
        begun.append(programs.begin(*arguments, data=data, number=len(begun), **environment))
        return begun[-1]

    yield one
    for each in begun:
        each.process.kill()
        each.process.wait()
