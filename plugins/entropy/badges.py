"""What stands on a card: the ring of one whose clock runs, a quiet sign on one that stays awake or rests."""

from collections.abc import Mapping, Sequence

from host import Badge, Card, now
from plugins.entropy import golden, period, respite, resting, stay
from plugins.entropy.life import life_of

WEIGHT = 90


def for_cards(cards: Sequence[Card]) -> Mapping[int, Sequence[Badge]]:
    """By card id, in at most five statements whatever the number of cards and boards."""
    running = [card for card in cards if card.awake]
    return {**_awake(running), **_resting(cards)}


def _awake(cards: Sequence[Card]) -> Mapping[int, Sequence[Badge]]:
    at = now()
    periods = period.of_boards(card.board_id for card in cards) if cards else {}
    stays, gold = stay.staying(cards), golden.staying(cards, periods)
    running = [card for card in cards if card.id not in stays | gold]
    began = respite.starts(running)
    lives = {card.id: life_of(card, periods[card.board_id], began[card.id], at) for card in running}
    rings = {card_id: [_sign("ring", life=life)] for card_id, life in lives.items() if life is not None}
    return {**rings, **{card_id: [_sign("stays")] for card_id in stays}}


def _resting(cards: Sequence[Card]) -> Mapping[int, Sequence[Badge]]:
    return {card_id: [_sign("rests", rest=rest)] for card_id, rest in resting.rests_of(cards).items()}


def _sign(template: str, **context: object) -> Badge:
    return Badge(f"entropy/{template}.html", context, weight=WEIGHT, end=True)
