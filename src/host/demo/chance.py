"""Cards with a past, drawn by chance; the same seed draws the same cards."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from host.demo import words
from host.models.card.arrival import Arrival, Mark, Remark

PERIOD = 30.0  # days: how long a space lets cards lie unless told otherwise
LONGEST_REST = 400.0  # days

T = TypeVar("T")


@dataclass(frozen=True)
class Surroundings:
    """The ids that cards may refer to: people of the space, its tags, the board's columns."""

    people: Sequence[int]
    tags: Sequence[int]
    columns: Sequence[int]
    owner: int


class Chance:
    """Draws one card after another, as seen at one moment."""

    def __init__(self, seed: int, at: datetime) -> None:
        self._at = at
        self._draw = random.Random(seed)  # noqa: S311 -- nothing secret comes of it

    def stale(self, around: Surroundings) -> Arrival:
        """An open card that nobody has touched for longer than the period."""
        return self._open(around, min(PERIOD + 0.01 + self._draw.expovariate(1 / 60), LONGEST_REST))

    def other(self, around: Surroundings) -> Arrival:
        """An open card whose clock has time left, a closed one or a resting one."""
        fate = self._draw.random()
        if fate < 0.5:
            return self._open(around, self._draw.triangular(0, PERIOD - 0.5, 3))
        card = self._card(around, self._draw.expovariate(1 / 90))
        mark = Mark(card.last_active_at, self._one(around.people))
        if fate < 0.8:
            card.closed, card.column = mark, self._one(around.columns)
        else:
            card.rested_by_itself = self._draw.random() < 0.7
            card.resting = Mark(mark.at, around.owner) if card.rested_by_itself else mark
        return card

    def _open(self, around: Surroundings, days: float) -> Arrival:
        card = self._card(around, days)
        card.column = self._one(around.columns) if self._draw.random() < 0.7 else None
        card.golden = self._draw.random() < 0.03
        return card

    def _card(self, around: Surroundings, days: float) -> Arrival:
        """Made some while before the last touch, which lies `days` back."""
        last = self._at - timedelta(days=days)
        born = last - timedelta(days=self._draw.expovariate(1 / 12))
        return Arrival(
            title=f"{self._one(words.DEEDS)} {self._one(words.THINGS)}{self._one(words.TURNS)}",
            description=" ".join(self._some(words.SENTENCES, 0.4, 3)),
            creator=self._one(around.people),
            created_at=born,
            last_active_at=last,
            steps=list(self._steps(last)),
            tags=self._some(around.tags, 0.45, 2),
            assignees=self._some(around.people, 0.35, 2),
            comments=list(self._comments(around, born, last)),
        )

    def _steps(self, last: datetime) -> Iterator[tuple[str, datetime | None]]:
        for step in dict.fromkeys(self._some(words.STEPS, 0.2, 5)):
            yield step, last if self._draw.random() < 0.4 else None

    def _comments(self, around: Surroundings, born: datetime, last: datetime) -> Iterator[Remark]:
        """Spread over the card's life, in order of time."""
        texts = self._some(words.REMARKS, 0.35, 4)
        for position, text in enumerate(texts, start=1):
            yield Remark(self._one(around.people), text, born + (last - born) * (position / len(texts)))

    def _one(self, choices: Sequence[T]) -> T:
        return choices[int(self._draw.random() * len(choices))]

    def _some(self, choices: Sequence[T], share: float, most: int) -> list[T]:
        """Between one and `most` of them for this share of the cards, else none."""
        if self._draw.random() >= share:
            return []
        return [self._one(choices) for _each in range(1 + int(self._draw.random() * most))]
