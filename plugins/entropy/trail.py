"""A card's life in five points, for whoever chooses a period."""

from typing import NamedTuple

from host import _
from plugins.entropy.duration import Duration

FEWEST = 7  # units in a period, so that the five points fall on different ones


class Point(NamedTuple):
    when: str
    text: str
    percent: int
    stage: str


def trail(seconds: int) -> list[Point]:
    """From the touch to the rest."""
    amount, unit = Duration.of(seconds, least=FEWEST)
    return [
        Point(unit.numbered(0), _("Touched. The ring starts."), 4, "fresh"),
        Point(unit.numbered(amount // 2), _("Half way, still green."), 50, "growing"),
        Point(unit.numbered(amount * 3 // 4), _("Straw. Listed on the board."), 76, "turning"),
        Point(unit.numbered(amount * 7 // 8), _("Rust. Worth a look."), 88, "dry"),
        Point(unit.numbered(amount), _("Rests in Not now."), 100, "due"),
    ]
