"""How many cards on how many boards, in words."""

from collections.abc import Collection

from host import _, ngettext


def tally(cards: Collection[int]) -> str:
    """ "12 cards on 3 boards", from the number of cards on each board."""
    return _(
        "%(cards)s on %(boards)s",
        cards=ngettext("%(n)s card", "%(n)s cards", sum(cards)),
        boards=ngettext("%(n)s board", "%(n)s boards", len(cards)),
    )
