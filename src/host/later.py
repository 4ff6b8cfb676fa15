"""What the domain wants done later, said without knowing the jobs that do it: they listen, as they do to events, and
write the wish down in the transaction that has it."""

from collections.abc import Callable
from typing import Any

from host.plugging.tasks import Task

listeners: list[Callable[..., object]] = []


def later(task: Task, /, **wish: Any) -> None:
    """Run the task after the transaction; the words of the wish are those of `host.jobs.schedule`."""
    for hear in listeners:
        hear(task, **wish)
