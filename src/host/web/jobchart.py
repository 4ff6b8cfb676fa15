"""The bars and the fine lines of the jobs page, as figures for its drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from host.i18n import _
from host.jobs import TaskRun
from host.jobs.history import Bar, Span
from host.web.moments import local_time

LEFT, WIDTH = 34, 686  # of the bars
TOP, FOOT = 20, 120  # of the scale
LABELLED = 4  # every fourth bar
LEAST_FAILED = 4  # so that a single failure is seen
GAP = 1.5
LINE_WIDTH, LINE_FOOT, LINE_HEIGHT, LINE_STEP = 82, 17, 14, 10


@dataclass(frozen=True)
class Drawn:
    """One bar: where it stands, and its two parts."""

    x: float
    done_y: float
    done_height: float
    failed_y: float
    failed_height: float
    label: str
    newest: bool


class JobChart:
    """Jobs over time."""

    def __init__(self, bars: Sequence[Bar], span: Span) -> None:
        self.bars, self.span = bars, span
        self.highest = _round_up(max(bar.done + bar.failed for bar in bars))
        self.pitch = WIDTH / len(bars)
        self.width = round(self.pitch * 0.7, 1)

    @property
    def lines(self) -> list[tuple[int, int]]:
        """(height, number) of each line of the scale."""
        return [(TOP, self.highest), ((TOP + FOOT) // 2, self.highest // 2), (FOOT, 0)]

    @property
    def drawn(self) -> list[Drawn]:
        return [self._drawn(number, bar) for number, bar in enumerate(self.bars)]

    @property
    def summary(self) -> str:
        done, failed = (sum(getattr(bar, part) for bar in self.bars) for part in ("done", "failed"))
        return _("%(done)s done, %(failed)s failed", done=f"{done:,}", failed=f"{failed:,}")

    def _drawn(self, number: int, bar: Bar) -> Drawn:
        done = bar.done * self._unit
        failed = max(bar.failed * self._unit, LEAST_FAILED) if bar.failed else 0
        return Drawn(
            x=round(LEFT + number * self.pitch, 1),
            done_y=round(FOOT - done, 1),
            done_height=round(done, 1),
            failed_y=round(FOOT - done - failed - (GAP if done else 0), 1),
            failed_height=round(failed, 1),
            label=self._label(bar) if number % LABELLED == 1 else "",
            newest=number == len(self.bars) - 1,
        )

    @property
    def _unit(self) -> float:
        return (FOOT - TOP) / self.highest

    def _label(self, bar: Bar) -> str:
        long = self.span.length > timedelta(days=1)
        return local_time(bar.begins).strftime("%a" if long else "%H:%M")


def sparkline(runs: Sequence[TaskRun]) -> list[tuple[int, float]]:
    """Points for how long each run took, the newest at the right end."""
    lengths = [(run.finished_at - run.started_at).total_seconds() for run in runs if run.finished_at and run.started_at]
    longest = max(lengths, default=0) or 1
    newest_first = enumerate(LINE_FOOT - LINE_HEIGHT * length / longest for length in lengths)
    return [(LINE_WIDTH - LINE_STEP * number, round(y, 1)) for number, y in newest_first][::-1]


def _round_up(number: int) -> int:
    """To 2, 4, 10, 20, 40, 100 …: an even number to halve, and never nothing."""
    scale = 1
    while True:
        for step in (2, 4, 10):
            if number <= step * scale:
                return step * scale
        scale *= 10
