"""Where a card lies in a column that is ordered by hand. To lay it elsewhere is no activity, and nobody is told.

Golden cards stay above plain ones: one that is laid among those of the other kind lies at that end of its own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from host.db import db
from host.errors import Fault
from host.i18n import _
from host.models.card.place import Place
from host.models.card.trait import Trait
from host.models.column import Column
from host.models.user import User

if TYPE_CHECKING:
    from host.models.card.lying import Lying


class Layable(Trait):
    @property
    def laid(self) -> bool:
        """Whether it lies where it was put."""
        return self.place is Place.COLUMN and self.column is not None and self.column.by_hand

    @property
    def lies(self) -> tuple[int, int]:
        """Its place from the top of its column, counted from 1, and of how many; 0 when it lies in none."""
        from host.models.card.lying import cards_of

        numbers = [each.number for each in cards_of(self.column_id)] if self.column_id else []
        return numbers.index(self.number) + 1 if self.number in numbers else 0, len(numbers)

    def lie_on_top(self) -> None:
        """Lie above all others, where cards are laid by hand: so does whatever comes into such a column."""
        from host.models.card.lying import on_top

        if self.laid and self.column:
            self.rank = on_top(self.column.id)

    def lie_below(self, number: int | None) -> None:
        """Lie right below the card of this number; on top without one, or when it is not in the column any more.
        Raises Fault where cards are not laid by hand, as the next two do. Nothing happens when somebody just moved the
        card elsewhere."""
        lying = self._kept_lying()
        upto = next((index for index, each in enumerate(lying, 1) if each.number == number), 0)
        self._lie(lying, len(self._kin(lying, upto)))

    def rise(self) -> None:
        """Lie one further up."""
        self._shift(-1)

    def sink(self) -> None:
        """Lie one further down."""
        self._shift(1)

    def triage_below(self, number: int | None, column: Column, by: User) -> None:
        """Move the card into a column that is ordered by hand, as `triage_into` does, and lay it as `lie_below`."""
        column.hold_order()  # before the card is written: who spreads the column's cards holds it, and waits for them
        self.triage_into(column, by)
        self.lie_below(number)

    def _shift(self, by: int) -> None:
        lying = self._kept_lying()
        here = next((index for index, each in enumerate(lying) if each.number == self.number), 0)
        self._lie(lying, max(0, len(self._kin(lying, here)) + by))

    def _kept_lying(self) -> "Sequence[Lying]":
        """The cards of its column, which nobody else lays elsewhere before this transaction ends; they may still go.
        None when the card itself has gone."""
        from host.models.card.lying import cards_of

        column = self.column
        if column is None or not self.laid:
            raise Fault(_("Cards are not laid by hand there."))
        column.hold_order()
        db.session.refresh(self, ["rank"])
        lying = cards_of(column.id)
        return lying if any(each.number == self.number for each in lying) else ()

    def _kin(self, lying: "Sequence[Lying]", upto: int | None = None) -> "Sequence[Lying]":
        """The others that are golden as it is, or are not, among the first of these cards."""
        golden = any(each.golden for each in lying if each.number == self.number)
        return [each for each in lying[:upto] if each.golden == golden and each.number != self.number]

    def _lie(self, lying: "Sequence[Lying]", index: int) -> None:
        """At this index among the others of its kind, or at their end."""
        from host.models.card.lying import between, cards_of, spread

        column = self.column
        if not lying or column is None:
            return
        ranks = [each.rank for each in self._kin(lying)]
        above, under = ranks[:index], ranks[index:]
        rank = between(above[-1] if above else None, under[0] if under else None)
        if rank is not None:
            self.rank = rank
        else:
            spread(column.id)
            self._lie(cards_of(column.id), index)
