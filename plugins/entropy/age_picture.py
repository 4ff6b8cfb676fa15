"""The age of a board as a picture: a bar for each day of eight weeks, with what is awake above the ground by its stage
and what rests below it. Each half has a scale of its own, or a full Not now would leave nothing to see of the rest."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from werkzeug.utils import cached_property

from host import Board, _, ngettext
from plugins.entropy.age import RESTING, counted, history, today
from plugins.entropy.life import STAGES

DAYS = 56
WEEK = 7
AWAKE = (*STAGES, "due")
PITCH, WIDTH = 10, 8  # of a bar
GROUND, DEPTH = 100, 36  # how high what is awake may grow, how deep what rests may lie


class Piece(NamedTuple):
    """A part of a bar: of one day and stage."""

    x: int
    y: float
    height: float


class Row(NamedTuple):
    """A day in words."""

    day: date
    cards: Sequence[int]  # by stage, what rests last


@dataclass
class AgePicture:
    """`days` by date; a day on which the program did not run is missing."""

    days: dict[date, Counter[str]]
    today: date

    @classmethod
    def of(cls, board: Board) -> "AgePicture":
        """What was written down, and today as it is now."""
        newest = today()
        days = history(board, newest - timedelta(days=DAYS - 1))
        live = Counter({each.stage: each.cards for each in counted(Board.id == board.id)})
        return cls({**days, newest: live}, newest)

    @property
    def width(self) -> int:
        return DAYS * PITCH

    @property
    def height(self) -> int:
        return GROUND + DEPTH

    @property
    def ground(self) -> int:
        return GROUND

    @property
    def legend(self) -> list[tuple[str, str, int]]:
        """(stage, its words, cards today), what rests last."""
        return [(stage, words, self.days[self.today][stage]) for stage, words in stage_words().items()]

    @property
    def empty(self) -> bool:
        return not any(day.total() for day in self.days.values())

    def pieces(self, stage: str) -> Iterator[Piece]:
        """Where each day's cards of this stage are drawn."""
        for day, counts in sorted(self.days.items()):
            if counts[stage]:
                x = (DAYS - 1 - (self.today - day).days) * PITCH
                yield self._resting(x, counts) if stage == RESTING else self._awake(x, counts, stage)

    @property
    def labels(self) -> list[date]:
        """Dates below it, at equal distances: of the first bar, of the last, and of three between."""
        return [self.today - timedelta(days=round(part * (DAYS - 1) / 4)) for part in (4, 3, 2, 1, 0)]

    @property
    def rows(self) -> list[Row]:
        """One day a week up to today, as far as they are known; the newest first."""
        weekly = (self.today - timedelta(days=days) for days in range(0, DAYS, WEEK))
        return [Row(day, [self.days[day][stage] for stage in stage_words()]) for day in weekly if day in self.days]

    @property
    def words(self) -> str:
        """What somebody hears who does not see it."""
        awake, resting = self._awake_on(self.today), self.days[self.today][RESTING]
        return _(
            "Today %(awake)s, %(resting)s. At most %(most)s ran and %(most_resting)s rested in eight weeks.",
            awake=ngettext("the clock of %(n)s card runs", "the clocks of %(n)s cards run", awake),
            resting=ngettext("%(n)s rests", "%(n)s rest", resting),
            most=f"{self._most_awake:,}",
            most_resting=f"{self._most_resting:,}",
        )

    def _awake(self, x: int, counts: Counter[str], stage: str) -> Piece:
        below = sum(counts[older] for older in AWAKE[AWAKE.index(stage) + 1 :])  # the oldest lies at the ground
        unit = GROUND / self._most_awake
        height = counts[stage] * unit
        return Piece(x, round(GROUND - below * unit - height, 2), round(height, 2))

    def _resting(self, x: int, counts: Counter[str]) -> Piece:
        return Piece(x, GROUND, round(counts[RESTING] * DEPTH / self._most_resting, 2))

    def _awake_on(self, day: date) -> int:
        return sum(self.days[day][stage] for stage in AWAKE)

    @cached_property
    def _most_awake(self) -> int:
        return max(self._awake_on(day) for day in self.days)

    @cached_property
    def _most_resting(self) -> int:
        return max(counts[RESTING] for counts in self.days.values())


def stage_words() -> dict[str, str]:
    """From the youngest on."""
    return {
        "fresh": _("Fresh"),
        "growing": _("Growing"),
        "turning": _("Turning"),
        "dry": _("Dry"),
        "due": _("About to rest"),
        RESTING: _("Resting"),
    }
