"""A network's sign, as calendars and composers show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plugins.publishing.platform import Platform


@dataclass(frozen=True)
class Glyph:
    icon: str
    title: str


def glyph_of(name: str, networks: Mapping[str, Platform]) -> Glyph:
    """A network whose plugin is gone has its name left."""
    network = networks.get(name)
    return Glyph(network.icon, network.title) if network else Glyph("unplug", name)


def glyphs_of(names: Iterable[str], networks: Mapping[str, Platform]) -> Sequence[Glyph]:
    """Each network once."""
    return [glyph_of(name, networks) for name in dict.fromkeys(names)]
