"""What the public page of a board shows: all that is placed, in a constant number of statements, whoever looks."""

from collections.abc import Sequence

from flask import url_for
from werkzeug.utils import cached_property

from host.errors import NotFound
from host.i18n import _
from host.models import Publication
from host.web.boardview import ColumnView, by_column, further, places
from host.web.cardrows import CardRow
from host.web.cardview import CardView, public_views


class PublicView:
    """A board for anybody."""

    def __init__(self, publication: Publication) -> None:
        self.board = publication.board
        self.key = publication.key

    @cached_property
    def columns(self) -> list[ColumnView]:
        """Every column with its first cards."""
        shown = by_column(self._frames, self._views)
        for column in self._frames:
            column.cards = shown.get(column.dom_id, [])
            column.more_url = self._more(column, len(column.cards))
        return self._frames

    def further(self, key: str, offset: int) -> ColumnView:
        """One column with the cards after the first `offset`. Raises NotFound."""
        for column in self._frames:
            if column.dom_id == key:
                column = further(column, offset, self._views)
                column.more_url = self._more(column, offset + len(column.cards))
                return column
        raise NotFound(_("There is no such column on this board."))

    @cached_property
    def _frames(self) -> list[ColumnView]:
        counts = self.board.counts()
        columns = places(self.board)
        for column in columns:
            column.count = counts[column.place, column.column_id]
        return columns

    def _views(self, rows: Sequence[CardRow]) -> list[CardView]:
        return public_views(rows, self._address)

    def _address(self, number: int) -> str:
        return url_for("publicboards.card", key=self.key, number=number)

    def _more(self, column: ColumnView, shown: int) -> str | None:
        if shown >= column.count:
            return None
        return url_for("publicboards.column", key=self.key, column=column.dom_id, after=shown)
