"""Asking the plugins, each on its own: pluggy lets one raising implementation silence the others, this does not."""

import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from flask import current_app

from host.db import only_reading, session

if TYPE_CHECKING:
    from pluggy import HookImpl

    from host.plugging.registry import PluginRegistry

log = logging.getLogger(__name__)

T = TypeVar("T")
Answers = Iterator[tuple[str, T]]


class Ask(Protocol):
    """How a plugin's code is run: `attempt`, or `look`."""

    def __call__(self, name: str, moment: str, call: Callable[[], T], *, otherwise: Callable[[], T]) -> T: ...


def plugins() -> "PluginRegistry":
    """The plugins of the running app."""
    registry: PluginRegistry = current_app.extensions["fallow"].plugins
    return registry


def gather(hook: str, **arguments: Any) -> Answers[Any]:
    """(plugin name, result) of each implementation, in order of the plugins' names; None is left out.

    An implementation that raises is kept against its plugin, what it wrote is undone, and the others go on.
    """
    return answers(hook, arguments, read=lambda result: result)


def attempt(name: str, moment: str, call: Callable[[], T], *, otherwise: Callable[[], T]) -> T:
    """Run a plugin's code. What it raises is kept against it with the `moment`, what it wrote and recorded is undone.

    The savepoint is taken for reads too: on PostgreSQL a failed statement spoils the whole transaction.
    """
    ours = session()
    ours.flush()  # what fails here is ours, not the plugin's
    try:
        with ours.begin_nested():
            return call()
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- law 7: a plugin's fault stays the plugin's
        plugins().blame(name, moment, error)
        return otherwise()


def look(name: str, moment: str, call: Callable[[], T], *, otherwise: Callable[[], T]) -> T:
    """The same for what a page shows. One that is only read has nothing to lose, so when the plugin fails the whole
    transaction is given up and another begins: a page costs no savepoints, which are two statements for each question.
    """
    ours = session()
    if ours.is_lent or not only_reading():
        return attempt(name, moment, call, otherwise=otherwise)
    try:
        with ours.lent():
            return call()
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- as above
        ours.rollback()
        plugins().blame(name, moment, error)
        return otherwise()


def answers(
    hook: str,
    arguments: Mapping[str, Any],
    *,
    read: Callable[[Any], T],
    otherwise: Callable[[str], T | None] = lambda _name: None,
    ask: Ask = attempt,
) -> Answers[T]:
    """As `gather`, with each result as `read` makes of it (what that raises is the plugin's fault too), and with
    `otherwise(plugin name)` in the place of one that failed."""
    for name, call in _implementations(hook, arguments):
        answer = ask(name, hook, partial(_read, call, read), otherwise=partial(otherwise, name))
        if answer is not None:
            yield name, answer


def _implementations(hook: str, arguments: Mapping[str, Any]) -> Answers[Callable[[], Any]]:
    """Each plugin's call of the hook with the arguments that it takes."""
    caller = getattr(plugins().manager.hook, hook)
    found: list[HookImpl] = sorted(caller.get_hookimpls(), key=lambda impl: impl.plugin_name)
    for impl in found:
        yield impl.plugin_name, partial(impl.function, *(arguments[name] for name in impl.argnames))


def _read(call: Callable[[], Any], read: Callable[[Any], T]) -> T | None:
    result = call()
    return None if result is None else read(result)
