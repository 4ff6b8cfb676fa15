"""What came of an import, or would come of it: a line for each post."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Line:
    """`number` is where the post stands in the file, `at` its time in UTC as text, `state` what it becomes: scheduled,
    draft, or left_out."""

    number: int
    title: str
    networks: Sequence[str] = ()
    at: str = ""
    state: str = "draft"
    errors: Sequence[str] = ()
    notes: Sequence[str] = ()
    duplicate: bool = False

    @property
    def moment(self) -> datetime | None:
        return datetime.fromisoformat(self.at) if self.at else None


@dataclass(frozen=True)
class Report:
    lines: Sequence[Line]

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Report":
        return cls([Line(**line) for line in kept.get("lines", ())])

    @property
    def as_json(self) -> dict[str, Any]:
        return {"lines": [asdict(line) for line in self.lines]}

    @property
    def errors(self) -> int:
        """How many posts cannot be taken in."""
        return sum(bool(line.errors) for line in self.lines)

    def count(self, state: str) -> int:
        return sum(line.state == state and not line.errors for line in self.lines)

    @property
    def duplicates(self) -> int:
        return sum(line.duplicate for line in self.lines)
