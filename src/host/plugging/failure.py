"""What went wrong with a plugin, for people: a sentence, what to do, and the traceback for its author."""

from dataclasses import dataclass
from traceback import format_exception
from types import TracebackType

from host.errors import Fault
from host.i18n import _

# Frames of these stand between the program and the plugin, and say nothing to its author.
BETWEEN = frozenset({"host", "importlib", "pluggy", "alembic", "contextlib", "sqlalchemy"})


@dataclass(frozen=True)
class Failure:
    """One thing that a plugin did wrong; the traceback is empty where the sentence says it all."""

    reason: str
    remedy: str
    traceback: str = ""


def failures(error: BaseException, doing: str) -> list[Failure]:
    """The failures behind an error met while `doing` (such as "It failed while starting"): one, or each of a group."""
    if isinstance(error, BaseExceptionGroup):
        return [failure for each in error.exceptions for failure in failures(each, doing)]
    if isinstance(error, Fault):
        return [Failure(error.message, _("Ask its author for a version that fits this Fallow."))]
    return [Failure(f"{doing}: {said_by(error)}.", remedy_for(error), trace(error))]


def said_by(error: BaseException) -> str:
    """An error in one line."""
    if isinstance(error, SystemExit):
        return _("it tried to end the program")
    said = " ".join(str(error).split()).rstrip(".")[:200]
    return said if said and isinstance(error, ImportError) else f"{type(error).__name__}: {said}".rstrip(": ")


def remedy_for(error: BaseException) -> str:
    if isinstance(error, ModuleNotFoundError):
        return _("Install %(module)s where Fallow or the plugin lies, or ask the plugin's author.", module=error.name)
    return _("Give the text below to its author.")


def trace(error: BaseException) -> str:
    """The traceback from the plugin's first line on; the whole one where none is the plugin's."""
    return "".join(format_exception(type(error), error, _from_plugin(error.__traceback__) or error.__traceback__))


def _from_plugin(frames: TracebackType | None) -> TracebackType | None:
    while frames and str(frames.tb_frame.f_globals.get("__name__")).partition(".")[0] in BETWEEN:
        frames = frames.tb_next
    return frames
