"""A filter: what cards are asked for and in what order, as an address or a saved view holds it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import ColumnElement
from werkzeug.datastructures import MultiDict

from host.filters.criteria import CRITERIA
from host.filters.order import FIRST, ORDERS, Order
from host.models.user import User
from host.plugging import filters as plugged

MOST_VALUES = 100  # of one criterion; more are let be

Asked = Mapping[str, Sequence[str]]


class Given(Protocol):
    """What a query string was read into."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class Filter:
    """`asked` has the values of each criterion that is asked for, the plugins' among them, `sort` one of ORDERS."""

    asked: Asked = field(default_factory=dict)
    sort: str = FIRST

    @classmethod
    def read(cls, given: Given) -> "Filter":
        """From an address. What means nothing is let be: addresses are typed by hand, and outlive what they name."""
        kept = {name: _kept(name, given.getlist(name)) for name in (*CRITERIA, *sorted(plugged.prefixes()))}
        sort = (given.getlist("sort") or [FIRST])[0]
        return cls({name: values for name, values in kept.items() if values}, sort if sort in ORDERS else FIRST)

    @classmethod
    def kept(cls, asked: Asked) -> "Filter":
        """From a saved view, or as a program gives it."""
        return cls.read(MultiDict([(name, value) for name, values in asked.items() for value in values]))

    def __bool__(self) -> bool:
        """Whether it asks for anything; an order alone does not."""
        return bool(self.asked)

    @property
    def query(self) -> dict[str, list[str]]:
        """What an address holds to ask for the same, for `url_for`."""
        order = {"sort": [self.sort]} if self.sort != FIRST else {}
        return {**{name: list(values) for name, values in self.asked.items()}, **order}

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    def conditions(self, actor: User) -> list[ColumnElement[bool]]:
        """On Card, one a criterion. What this person may see is not among them."""
        own = [criterion.clause(self.asked[name], actor) for name, criterion in CRITERIA.items() if name in self.asked]
        theirs = {name: values[0] for name, values in self.asked.items() if name not in CRITERIA}
        return [*own, *plugged.conditions(theirs, actor)]

    def put(self, name: str, values: Iterable[str]) -> "Filter":
        """The same but for these values of a criterion; without any it is not asked for."""
        changed = {**self.asked, name: tuple(values)}
        return Filter({known: kept for known, kept in changed.items() if kept}, self.sort)

    def without(self, name: str, value: str) -> "Filter":
        return self.put(name, (kept for kept in self.asked.get(name, ()) if kept != value))


def _kept(name: str, values: Iterable[str]) -> Sequence[str]:
    """Each once, in the order given."""
    criterion = CRITERIA.get(name)
    if criterion is None:
        return tuple(values)[:1]
    read = dict.fromkeys(filter(None, map(criterion.read, values)))
    return tuple(read)[: MOST_VALUES if criterion.many else 1]
