"""The foot of a card's page: when it rests, and a way to keep it."""

from host import Card, CardPanel, _
from plugins.entropy import period
from plugins.entropy.golden import staying
from plugins.entropy.life import life_of


def for_card(card: Card) -> CardPanel | None:
    periods = period.of_boards([card.board_id])
    life = life_of(card, periods[card.board_id])
    if life is None or staying([card], periods):
        return None
    return CardPanel(_("Rest"), "entropy/life.html", {"life": life, "number": card.number}, place="foot")
