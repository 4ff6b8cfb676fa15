"""The ring on each card whose clock runs."""

from collections.abc import Mapping, Sequence

from host import Badge, Card, now
from plugins.entropy import period
from plugins.entropy.golden import staying
from plugins.entropy.life import life_of


def for_cards(cards: Sequence[Card]) -> Mapping[int, Sequence[Badge]]:
    """By card id, in at most two statements whatever the number of cards and boards."""
    at = now()
    periods = period.of_boards(card.board_id for card in cards)
    golden = staying(cards, periods)
    lives = {card.id: life_of(card, periods[card.board_id], at) for card in cards if card.id not in golden}
    return {
        card_id: [Badge("entropy/ring.html", {"life": life}, weight=90, end=True)]
        for card_id, life in lives.items()
        if life is not None
    }
