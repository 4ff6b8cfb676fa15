"""Trello's labels as tags of the space; titles that differ in case alone are one tag."""

from collections import Counter
from collections.abc import Iterable, Sequence

from host.models import Tag
from host.models.tag import normal
from host.transfer.trello.colours import hue_of
from host.transfer.trello.labels import Label


class Tags:
    def __init__(self, account_id: int, counts: Counter[str]) -> None:
        self._account_id = account_id
        self._counts = counts
        self._ids: dict[str, int] = {}

    def settle(self, labels: Iterable[Label]) -> None:
        """Make a tag of each label that has a name; the others only become one when a card has them."""
        for label in labels:
            if normal(label.name):
                self._id(label)

    def ids(self, labels: Sequence[Label]) -> list[int]:
        """The tags of a card; a label without a name goes by its colour's."""
        return [self._id(label) for label in labels if _title(label)]

    def _id(self, label: Label) -> int:
        title = _title(label)
        if title not in self._ids:
            self._ids[title] = Tag.named(self._account_id, title, hue_of(label.colour)).id
            self._counts["tags"] += 1
        return self._ids[title]


def _title(label: Label) -> str:
    return normal(label.name) or normal(label.colour.replace("_", " "))
