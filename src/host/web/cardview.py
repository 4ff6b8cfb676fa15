"""A card as the board draws it, made for many at once."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from flask import Flask, url_for
from markupsafe import Markup
from sqlalchemy.orm import joinedload

from host.clock import now
from host.models import Card, Place
from host.plugging.plugin import Badge
from host.web import cardrows, slots
from host.web.cardrows import CardRow, Ids, PersonView, TagView
from host.web.drawn import drawn
from host.web.parts import render_part
from host.web.pictures import Picture, picture


class Face(NamedTuple):
    """The values that `components/card.html` shows beside the badges; nothing in it depends on who looks, and all of it
    can be hashed, so that a card that was drawn once need not be drawn again."""

    number: int
    title: str
    url: str
    golden: bool
    steps_done: int
    steps_total: int
    comments_count: int
    cover: Picture | None = None
    tags: tuple[TagView, ...] = ()
    assignees: tuple[PersonView, ...] = ()
    stalled: bool = False
    due_on: date | None = None
    late: bool = False  # by UTC: what is drawn is the same for all who look
    where: str = ""  # its board, where several are shown


class CardView(NamedTuple):
    """A card in its column."""

    column_key: str
    face: Face
    badges: Sequence[Badge] = ()

    def among_others(self, board: str) -> "CardView":
        """The same where cards of several boards are shown."""
        return self._replace(face=self.face._replace(where=board))


def init(app: Flask) -> None:
    """Give templates `card_html`."""
    app.jinja_env.globals["card_html"] = card_html


def card_html(view: CardView) -> Markup:
    """One card of a board."""
    return drawn("boards/_card.html", card=view.face, signs=tuple(render_part(badge) for badge in view.badges))


def views(rows: Sequence[CardRow]) -> list[CardView]:
    """One view a card; what plugins say of them is asked for all at once."""
    bare = _bare(rows)  # first: a plugin that fails takes along what was read so far
    badges = slots.badges([row.card for row in rows])
    return [CardView(view.column_key, view.face, badges[row.card.id]) for view, row in zip(bare, rows, strict=True)]


def with_boards(ids: Ids) -> list[CardView]:
    """Of the cards with these ids, each with its board."""
    rows = cardrows.read(ids, joinedload(Card.board))
    return [view.among_others(row.card.board.name) for view, row in zip(views(rows), rows, strict=True)]


def public_views(rows: Sequence[CardRow], address: Callable[[int], str]) -> list[CardView]:
    """The same for anybody: without files, what people say, or plugins tell whoever looks. `address` is a card's, by
    its number."""
    return [
        view._replace(face=view.face._replace(url=address(view.face.number), comments_count=0, cover=None))
        for view in _bare(rows)
    ]


def _bare(rows: Sequence[CardRow]) -> list[CardView]:
    """Without badges."""
    # Asked once: to make an address takes longer than to show a card that was drawn before.
    above = url_for("cards.show", number=0).removesuffix("0")
    return [CardView(column_key(row.card), _face(row, f"{above}{row.card.number}")) for row in rows]


def _face(row: CardRow, url: str) -> Face:
    card = row.card
    return Face(
        card.number,
        card.title,
        url,
        card.golden,
        row.steps_done,
        row.steps_total,
        row.comments,
        cover=picture(card.cover.attachment, card.number) if card.cover else None,
        tags=row.tags,
        assignees=row.people,
        stalled=card.stalled,
        due_on=card.due_on,
        late=_late(card),
    )


def _late(card: Card) -> bool:
    return card.due_on is not None and card.place is not Place.DONE and card.due_on < now().date()


def column_key(card: Card) -> str:
    """The column in which it lies: its id, or the word of a place."""
    return str(card.column_id) if card.place is Place.COLUMN else card.place.value
