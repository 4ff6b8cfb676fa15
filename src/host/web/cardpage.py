"""What the card page shows: the talk between the lines of the log, the people, the columns, the panels."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from flask import url_for
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.utils import cached_property

from host.db import db
from host.mentions import names
from host.models import Attachment, Card, Column, Comment, Pin, Place, User
from host.permissions import may_delete, visible
from host.plugging.plugin import CardPanel
from host.text import handles_in, rendered
from host.text_numbers import numbers_in
from host.web import slots
from host.web.pictures import Picture, picture, pictures_of
from host.web.talk import Said, Story, comments_of, talk
from host.web.tallies import OFFERED, Tally, tallies


class CardPage:
    """A card for one person."""

    def __init__(self, card: Card, actor: User) -> None:
        self.card = card
        self.actor = actor

    @property
    def description(self) -> Markup:
        return self._drawn(self.card.description)

    def preview(self, text: str) -> Markup:
        """What this text would be on the card."""
        return rendered(text, known=self._names, pictures=self._pictures, cards=self._titles([text]))

    @cached_property
    def talk(self) -> list[Said | Story]:
        """Comments and the lines of the log, oldest first."""
        return talk(self.card, self._comments, self._drawn)

    def named(self, text: str) -> list[User]:
        """Whom a step names, of those who may see the board."""
        by_handle = {person.handle: person for person in self._board_people} if "@" in text else {}
        return [by_handle[handle] for handle in handles_in(text) if handle in by_handle]

    @property
    def files(self) -> list[tuple[Attachment, Picture | None]]:
        """The files on the card; pictures with how they are shown."""
        return [
            (each, picture(each, self.card.number) if each.file.is_picture else None) for each in self.card.attachments
        ]

    @property
    def cover(self) -> Picture | None:
        return picture(self.card.cover.attachment, self.card.number) if self.card.cover else None

    @cached_property
    def tallies(self) -> Mapping[int | None, Sequence[Tally]]:
        """The reactions to the card (None) and to its comments."""
        return tallies(self.card, self.actor)

    @property
    def offered(self) -> Sequence[str]:
        """Reactions to choose from."""
        return OFFERED

    @cached_property
    def people(self) -> list[User]:
        """Those who could look after the card and do not yet."""
        assigned = {assignment.user_id for assignment in self.card.assignments}
        return [person for person in self._board_people if person.id not in assigned]

    @property
    def columns(self) -> list[Column]:
        return self.card.board.columns

    @cached_property
    def panels(self) -> list[CardPanel]:
        return slots.panels(self.card)

    @property
    def place_name(self) -> str:
        from host.web.boardview import BoardView

        key = str(self.card.column_id) if self.card.place is Place.COLUMN else self.card.place.value
        return BoardView(self.card.board, self.actor).column(key).name

    @property
    def place_url(self) -> str:
        key = str(self.card.column_id) if self.card.place is Place.COLUMN else self.card.place.value
        return url_for("boards.show", id=self.card.board_id, _anchor=f"col-{key}")

    @cached_property
    def pinned(self) -> bool:
        return Pin.on(self.card, self.actor)

    @property
    def may_delete(self) -> bool:
        return may_delete(self.actor, self.card)

    @cached_property
    def _board_people(self) -> list[User]:
        return self.card.board.people

    @cached_property
    def _comments(self) -> Sequence[Comment]:
        return comments_of(self.card)

    @cached_property
    def _drawn(self) -> Callable[[str], Markup]:
        """Makes HTML of the Markdown on this card."""
        cards = self._titles([self.card.description, *(comment.body for comment in self._comments)])
        return partial(rendered, known=self._names, pictures=self._pictures, cards=cards)

    def _titles(self, texts: Sequence[str]) -> Mapping[int, str]:
        """Of the cards that these texts name by number, by number. Index: uq_card_account_id_number."""
        named = numbers_in(texts)
        if not named:
            return {}
        here = Card.account_id == self.actor.account_id, Card.number.in_(named)
        return dict(db.session.execute(select(Card.number, Card.title).where(visible(Card, self.actor), *here)).all())

    @cached_property
    def _pictures(self) -> Mapping[str, Picture]:
        return pictures_of(self.card)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return names(self._board_people)
