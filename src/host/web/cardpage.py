"""What the card page shows: the talk between the lines of the log, the people, the columns, the panels."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.utils import cached_property

from host.db import db
from host.models import Card, Column, Comment, Event, Place, User
from host.plugging.plugin import CardPanel
from host.text import rendered
from host.web import slots
from host.web.eventwords import EventWords, kinds, told


@dataclass(frozen=True)
class Said:
    """A comment as the page shows it."""

    id: int
    by: User
    at: datetime
    html: Markup


class CardPage:
    """A card for one person."""

    def __init__(self, card: Card, actor: User) -> None:
        self.card = card
        self.actor = actor

    @property
    def description(self) -> Markup:
        return rendered(self.card.description)

    @cached_property
    def talk(self) -> list[Said | EventWords]:
        """Comments and events, oldest first."""
        return sorted([*self._comments(), *self._events()], key=lambda each: each.at)

    @cached_property
    def people(self) -> list[User]:
        """Those who could look after the card and do not yet."""
        assigned = {assignment.user_id for assignment in self.card.assignments}
        return [person for person in self.card.board.people if person.id not in assigned]

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

    @property
    def may_delete(self) -> bool:
        return self.actor.is_admin or self.card.creator_id == self.actor.id

    def _comments(self) -> list[Said]:
        found = select(Comment).where(Comment.card_id == self.card.id).options(joinedload(Comment.creator))
        system = self.card.account.system
        return [
            Said(each.id, each.creator or system, each.created_at, rendered(each.body))
            for each in db.session.scalars(found)
        ]

    def _events(self) -> list[EventWords]:
        found = select(Event).where(Event.card_id == self.card.id, Event.kind.in_(kinds()))
        return told(db.session.scalars(found.options(joinedload(Event.creator))).all())
