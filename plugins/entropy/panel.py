"""The foot of a card's page: when it rests, that it stays awake, or why it rests; and what can be done about it."""

from typing import Any

from host import Card, CardPanel, _
from plugins.entropy import golden, period, respite
from plugins.entropy.life import life_of
from plugins.entropy.resting import rests_of
from plugins.entropy.stay import Stay
from plugins.entropy.waking import Days


def for_card(card: Card) -> CardPanel | None:
    """Nothing for a card that is done, or whose clock stands still anyway."""
    if rest := rests_of([card]).get(card.id):
        return _foot("rested", card, rest=rest, days=Days.to_choose())
    if not card.awake:
        return None
    if stay := Stay.of(card):
        return _foot("staying", card, stay=stay)
    periods = period.of_boards([card.board_id])
    life = life_of(card, periods[card.board_id], respite.starts([card])[card.id])
    if life is None:
        return None
    if golden.staying([card], periods):
        return _foot("golden", card)
    return _foot("life", card, life=life)


def _foot(template: str, card: Card, **context: Any) -> CardPanel:
    return CardPanel(_("Rest"), f"entropy/{template}.html", {"number": card.number, **context}, place="foot")
