"""The places of a page that plugins fill: what goes into each, in order of weight and then of the plugins' names.

A hook that fails leaves its place empty; the pages draw what is here with `part(...)`, which keeps a failing template
out of the page as well.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from host.plugging.gather import answers
from host.plugging.plugin import Badge, Banner, CardPanel, NavItem, NavPlace
from host.web.login import current_user
from host.web.parts import missing_panel

if TYPE_CHECKING:
    from host.models import Board, Card

P = TypeVar("P", Badge, Banner, CardPanel, NavItem)


def banners(board: "Board") -> list[Banner]:
    """What stands above the board."""
    return _parts("board_banner", {"board": board}, Banner)


def badges(cards: "Sequence[Card]") -> Mapping[int, Sequence[Badge]]:
    """The signs on these cards by card id, asked for all at once; a card without any has an empty list."""
    merged: dict[int, list[Badge]] = defaultdict(list)
    if cards:
        for name, given in answers("card_badges", _seen({"cards": cards}), read=_badges):
            for card_id, signs in given.items():
                merged[card_id] += _owned(name, signs)
    return defaultdict(list, {card_id: sorted(signs, key=_weight) for card_id, signs in merged.items()})


def panels(card: "Card") -> list[CardPanel]:
    """The panels of a card's page; a plugin that fails has a notice where its panel would be."""
    return _parts("card_panel", {"card": card}, CardPanel, otherwise=lambda name: [missing_panel(name)])


def nav(place: NavPlace, board: "Board | None" = None, card: "Card | None" = None) -> list[NavItem]:
    """The entries that plugins add to one of the host's menus."""
    return _parts("nav_items", {"place": place, "board": board, "card": card}, NavItem)


def _parts(
    hook: str,
    arguments: Mapping[str, Any],
    kind: type[P],
    otherwise: Callable[[str], list[P] | None] = lambda _name: None,
) -> list[P]:
    found = answers(hook, _seen(arguments), read=lambda result: _typed(kind, result), otherwise=otherwise)
    return sorted((part for name, parts in found for part in _owned(name, parts)), key=_weight)


def _seen(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    proxy: Any = current_user
    return {**arguments, "actor": proxy._get_current_object()}  # noqa: SLF001 -- a hook gets the person themselves


def _typed(kind: type[P], result: Any) -> list[P]:
    """One or several parts of this kind. Raises TypeError for anything else."""
    parts = [result] if isinstance(result, kind) else list(result)
    if wrong := [each for each in parts if not isinstance(each, kind)]:
        raise TypeError(f"this hook gives {kind.__name__}, not {wrong[0]!r}")
    return parts


def _badges(result: Any) -> dict[int, list[Badge]]:
    return {int(card_id): _typed(Badge, signs) for card_id, signs in result.items()}


def _owned(name: str, parts: Iterable[P]) -> list[P]:
    """Each part with its plugin's name, so that whatever fails later is known to be the plugin's."""
    return [replace(part, plugin=name) for part in parts]


def _weight(part: Badge | Banner | CardPanel | NavItem) -> int:
    return part.weight
