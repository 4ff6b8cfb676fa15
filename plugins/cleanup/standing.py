"""A rule as it stands: what it says, what was chosen, what it took, what it would take."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from host import NotFound, RetentionRule, _, attempt, now, retention_rules
from plugins.cleanup.models import Choice, Removal

HOST = "host"


@dataclass(frozen=True)
class Standing:
    """`last` is the newest removal that took something."""

    rule: RetentionRule
    choice: Choice | None
    last: Removal | None

    @classmethod
    def all(cls) -> list["Standing"]:
        """Of every rule there is, the host's first."""
        return list(cls._of(retention_rules().values()))

    @classmethod
    def named(cls, key: str) -> "Standing":
        """Raises NotFound."""
        rule = retention_rules().get(key)
        if rule is None:
            raise NotFound(_("There is no rule “%(rule)s”. Its plugin may be off.", rule=key))
        return next(cls._of([rule]))

    @classmethod
    def _of(cls, rules: Iterable[RetentionRule]) -> "Iterator[Standing]":
        choices, removals = Choice.by_rule(), Removal.last_of_each()
        return (cls(rule, choices.get(rule.key), removals.get(rule.key)) for rule in rules)

    @property
    def key(self) -> str:
        return self.rule.key

    @property
    def title(self) -> str:
        return self.rule.title

    @property
    def plugin(self) -> str:
        return self.key.partition(".")[0]

    @property
    def on(self) -> bool:
        return self.choice is None or self.choice.on

    @property
    def days(self) -> int | None:
        """None where age is no question."""
        chosen = self.choice.days if self.choice else None
        return self.rule.days if chosen is None or self.rule.days is None else chosen

    @property
    def before(self) -> datetime:
        return now() - timedelta(days=self.days or 0)

    @property
    def would_go(self) -> int | None:
        """How much would go now; None where the rule's plugin fails to say."""
        if self.plugin == HOST:
            return self._count()
        return attempt(self.plugin, f"rule {self.key}", self._count, otherwise=lambda: None)

    def _count(self) -> int | None:
        return self.rule.leftovers.count(self.before)
