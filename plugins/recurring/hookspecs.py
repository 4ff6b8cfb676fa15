"""The hook that recurring queues offer to other plugins, which name `recurring` in their `requires`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from host import hookspec

if TYPE_CHECKING:
    from plugins.recurring.recurrence import Recurrence


@hookspec
def register_recurrences() -> "Sequence[Recurrence]":  # type: ignore[empty-body]
    """What can recur, beside posts and cards. Another plugin's kinds are known by its name and theirs, as in
    `orchard.apple`, so two never collide.

    When: while a page of queues is made, and in the job that runs them. `make` is called in the transaction of its run,
    in a savepoint.
    On error: its kinds are missing, their queues wait, and the traceback is kept under Settings, Plugins. What `make`
    raises is a failure of that run alone: it is tried again later, and the other queues go on.
    """
