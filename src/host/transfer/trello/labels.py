"""A board's labels, and which of them a card has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from host.transfer.trello.loose import Thing, identifier, identifiers, line, text, thing, things


@dataclass(frozen=True, slots=True)
class Label:
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Palette:
    by_id: Mapping[str, Label]
    by_colour: Mapping[str, str]  # names, in boards from before labels were things of their own

    @classmethod
    def read(cls, board: Thing) -> "Palette":
        by_id = {
            identifier(each.get("id")): Label(line(each.get("name")), text(each.get("color")))
            for each in things(board.get("labels"))
        }
        names = thing(board.get("labelNames"))
        return cls(by_id, {colour: line(name) for colour, name in names.items()})

    def of(self, card: Thing) -> list[Label]:
        """By id in newer exports, written out in older ones, most often both."""
        by_id = [self.by_id[id] for id in identifiers(card.get("idLabels")) if id in self.by_id]  # noqa: A001
        return list(dict.fromkeys((*by_id, *self._written(card.get("labels")))))

    def _written(self, labels: Any) -> Iterator[Label]:
        for each in labels if isinstance(labels, list) else ():
            label = thing(each)
            colour = text(label.get("color") if label else each)
            name = line(label.get("name")) or self.by_colour.get(colour, "")
            yield self.by_id.get(identifier(label.get("id")), Label(name, colour))
