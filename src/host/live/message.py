"""Topics on their way to people, in this process or from another."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# PostgreSQL takes at most 8,000 bytes in one notification: 40 topics of 60 and 400 ids of 12 stay below.
MOST_TOPICS = 40
MOST_PEOPLE = 400


@dataclass(frozen=True)
class Message:
    """Some topics for people of one space: for `people`, or for everybody in it when that is None."""

    account_id: int
    topics: tuple[str, ...]
    people: frozenset[int] | None = None

    def concerns(self, account_id: int, user_id: int) -> bool:
        return account_id == self.account_id and (self.people is None or user_id in self.people)

    def encoded(self) -> Iterator[str]:
        """As texts that each fit into one notification."""
        for topics in _cut(self.topics, MOST_TOPICS):
            for people in [None] if self.people is None else _cut(sorted(self.people), MOST_PEOPLE):
                yield json.dumps([self.account_id, topics, people], separators=(",", ":"))

    @classmethod
    def decoded(cls, text: str) -> "Message":
        account_id, topics, people = json.loads(text)
        return cls(account_id, tuple(topics), None if people is None else frozenset(people))


def _cut(values: Sequence[Any], most: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), most):
        yield values[start : start + most]
