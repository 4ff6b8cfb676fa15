"""What stands on a card: the ring of one whose clock runs, a quiet sign on one that stays awake or rests."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from host import Badge, Card, Place, local_time, now
from plugins.entropy import period
from plugins.entropy.clock import Clock, clocks_of
from plugins.entropy.life import Life, life_of
from plugins.entropy.period import Period

WEIGHT = 90


def for_cards(cards: Sequence[Card]) -> Mapping[int, Sequence[Badge]]:
    """By card id, in two statements whatever the number of cards and boards."""
    awake = [card for card in cards if card.awake]
    resting = [card for card in cards if card.place is Place.NOT_NOW]
    clocks, at = clocks_of([*awake, *resting]), now()
    periods, here = period.of_boards(card.board_id for card in awake) if awake else {}, local_time(at)
    found = {card.id: _running(clock, _life(card, clock, periods, at), here) for card, clock in _timed(awake, clocks)}
    found |= {card.id: _resting(clock) for card, clock in _timed(resting, clocks)}
    return {card_id: [sign] for card_id, sign in found.items() if sign}


def _timed(cards: Sequence[Card], clocks: Mapping[int, Clock]) -> list[tuple[Card, Clock]]:
    """Without those that are gone since the page found them."""
    return [(card, clocks[card.id]) for card in cards if card.id in clocks]


def _life(card: Card, clock: Clock, periods: Mapping[int, Period], at: datetime) -> Life | None:
    period = periods[card.board_id]
    if clock.stays or (clock.golden and period.golden_stays):
        return None
    return life_of(card, period, clock.began(card), at)


def _running(clock: Clock, life: Life | None, here: datetime) -> Badge | None:
    if clock.stays:
        return _sign("stays")
    return _sign("ring", **life.ring(here)) if life else None


def _resting(clock: Clock) -> Badge | None:
    return _sign("rests", **clock.rest.sign) if clock.rest else None


def _sign(template: str, **context: object) -> Badge:
    return Badge(f"entropy/{template}.html", context, weight=WEIGHT, end=True, lasting=True)
