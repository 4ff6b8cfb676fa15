"""What is to come in a calendar: the ghosts of all plugins, as it draws them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from host import User, attempt, gather
from plugins.publishing.ghost import Ghost
from plugins.publishing.glyph import Glyph, glyphs_of
from plugins.publishing.looks import COMING, Look
from plugins.publishing.platform import Platform

HOOK = "calendar_ghosts"


@dataclass(frozen=True)
class Coming:
    """A post that is not there yet. `at` is by the clock of whoever looks, `url` where it is decided."""

    at: datetime
    title: str
    url: str
    glyphs: Sequence[Glyph]
    look: Look = COMING


def coming(person: User, begin: datetime, end: datetime, networks: Mapping[str, Platform]) -> Sequence[Coming]:
    """From `begin` to before `end`. A plugin that gives anything but ghosts gives none."""
    found: list[Ghost] = []
    for plugin, some in gather(HOOK, person=person, begin=begin, end=end):
        found += attempt(plugin, HOOK, partial(_read, some, begin, end), otherwise=list)
    return [
        Coming(each.at.astimezone(person.timezone), each.title, each.url, glyphs_of(each.networks, networks))
        for each in found
    ]


def _read(given: Iterable[Ghost], begin: datetime, end: datetime) -> list[Ghost]:
    """Raises TypeError for what is no ghost, or has a time without a zone."""
    ghosts = list(given)
    if wrong := [each for each in ghosts if not isinstance(each, Ghost)]:
        raise TypeError(f"this hook gives Ghost, not {wrong[0]!r}")
    return [each for each in ghosts if begin <= each.at < end]
