"""The places of a page that plugins fill: what goes into each, in order of weight and then of the plugins' names.

A hook that fails leaves its place empty; the pages draw what is here with `part(...)`, which keeps a failing template
out of the page as well.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from host.plugging.gather import answers, look
from host.plugging.plugin import Badge, Banner, CardPanel, NavItem, NavPlace
from host.web.login import current_user
from host.web.parts import missing_panel

if TYPE_CHECKING:
    from host.models import Board, Card, Place

K = TypeVar("K", int, str)
P = TypeVar("P", Badge, Banner, CardPanel, NavItem)


def banners(board: "Board") -> list[Banner]:
    """What stands above the board."""
    return _parts("board_banner", {"board": board}, Banner)


def badges(cards: "Sequence[Card]") -> Mapping[int, Sequence[Badge]]:
    """The signs on these cards by card id, asked for all at once; a card without any has an empty list."""
    return _signs("card_badges", {"cards": cards}, int) if cards else defaultdict(list)


def column_badges(board: "Board") -> "Mapping[str, Sequence[Badge]]":
    """The signs in the heads of a board's columns by the columns' keys; a column without any has an empty list."""
    return _signs("column_badges", {"board": board}, _column_key)


def panels(card: "Card") -> list[CardPanel]:
    """The panels of a card's page; a plugin that fails has a notice where its panel would be."""
    return _parts("card_panel", {"card": card}, CardPanel, otherwise=lambda name: [missing_panel(name)])


def nav(place: NavPlace, board: "Board | None" = None, card: "Card | None" = None) -> list[NavItem]:
    """The entries that plugins add to one of the host's menus."""
    return _parts("nav_items", {"place": place, "board": board, "card": card}, NavItem)


def _signs(hook: str, arguments: Mapping[str, Any], key: Callable[[Any], K]) -> Mapping[K, Sequence[Badge]]:
    """What several plugins say, put together by key."""
    merged: dict[K, list[Badge]] = defaultdict(list)
    read = partial(_badges, key)
    for name, given in answers(hook, _seen(arguments), read=read, ask=look):
        for where, signs in given.items():
            merged[where] += _owned(name, signs)
    return defaultdict(list, {where: sorted(signs, key=_weight) for where, signs in merged.items()})


def _parts(
    hook: str,
    arguments: Mapping[str, Any],
    kind: type[P],
    otherwise: Callable[[str], list[P] | None] = lambda _name: None,
) -> list[P]:
    read = partial(_typed, kind)
    found = answers(hook, _seen(arguments), read=read, otherwise=otherwise, ask=look)
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


def _badges(key: Callable[[Any], K], result: Any) -> dict[K, list[Badge]]:
    return {key(where): _typed(Badge, signs) for where, signs in result.items()}


def _column_key(where: "Place | int") -> str:
    """As boardview has it: the place's word, or the column's id."""
    return str(where)


def _owned(name: str, parts: Iterable[P]) -> list[P]:
    """Each part with its plugin's name, so that whatever fails later is known to be the plugin's."""
    return [replace(part, plugin=name) for part in parts]


def _weight(part: Badge | Banner | CardPanel | NavItem) -> int:
    return part.weight
