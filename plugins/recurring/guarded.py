"""A kind of another plugin's: what it raises is kept against that plugin, and pages and other queues go on without it.

What it is meant to raise goes through, and so does all that `make` raises: that is a failure of one run.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NoReturn, TypeVar

from werkzeug.datastructures import MultiDict

from host import Fault, User, _, attempt
from plugins.recurring.recurrence import Fate, Made, Order, Original, Recurrence

T = TypeVar("T")


class Guarded(Recurrence):
    """Known by its plugin's name and its own."""

    def __init__(self, plugin: str, kind: Recurrence) -> None:
        self.plugin, self.kind = plugin, kind
        self.name = f"{plugin}.{kind.name}"
        self.title, self.icon = kind.title, kind.icon
        self.given, self.template = kind.given, kind.template

    def choices(self, person: User) -> Sequence[tuple[int, str]]:
        return self._ask(lambda: list(self.kind.choices(person)), list)

    def require(self, named: int, person: User) -> Original:
        return self._ask(lambda: self.kind.require(named, person), self._give_up)

    def original(self, original_id: int) -> Original | None:
        return self._ask(lambda: self.kind.original(original_id), lambda: Original(original_id, ""))

    def originals(self, ids: Collection[int], reader: User) -> Mapping[int, Original]:
        return self._ask(lambda: self.kind.originals(ids, reader), dict)

    def make(self, order: Order) -> Made:
        return self.kind.make(order)

    def fates(self, ids: Collection[int], reader: User) -> Mapping[int, Fate]:
        return self._ask(lambda: self.kind.fates(ids, reader), dict)

    def beside(self, original_id: int, person: User) -> Mapping[str, Any]:
        return self._ask(lambda: self.kind.beside(original_id, person), self._give_up)

    def typed(self, form: MultiDict[str, str], original_id: int) -> dict[str, Any]:
        return self._ask(lambda: self.kind.typed(form, original_id), self._give_up)

    def told(self, queue_id: int) -> str:
        return self._ask(lambda: self.kind.told(queue_id), str)

    def checked(self, options: Mapping[str, Any], original_id: int, person: User) -> dict[str, Any]:
        return self._ask(lambda: self.kind.checked(options, original_id, person), self._give_up)

    def warnings(self, order: Order, every: float) -> Sequence[str]:
        return self._ask(lambda: list(self.kind.warnings(order, every)), list)

    def changed(self, original_id: int, said: Sequence[str]) -> bool:
        return self._ask(lambda: self.kind.changed(original_id, said), bool)

    def _ask(self, call: Callable[[], T], otherwise: Callable[[], T]) -> T:
        """Raises the Fault that it says."""
        raised: list[Fault] = []

        def asked() -> T | None:
            try:
                return call()
            except Fault as fault:
                raised.append(fault)
                return None

        failed = object()
        answer: Any = attempt(self.plugin, f"recurrence {self.kind.name}", asked, otherwise=lambda: failed)
        if raised:
            raise raised[0]
        return otherwise() if answer is failed else answer

    def _give_up(self) -> NoReturn:
        raise Fault(_("The plugin that repeats this failed. Settings, Plugins says why."))
