"""Parts of a card that are taken away are held aside for some minutes, in which that can be undone; then a job throws
them away. Whoever asks for such parts asks for those that are `standing`."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped

from host.clock import now
from host.db import db
from host.errors import NotFound
from host.i18n import _
from host.later import later

HELD = timedelta(minutes=10)
Part = TypeVar("Part", bound="Holdable")


class Removable:
    """What may be taken away and brought back, and keeps its row meanwhile."""

    removed_at: Mapped[datetime | None]

    @hybrid_property
    def standing(self) -> bool:
        """Nobody took it away. As a clause too, `where(Step.standing)`."""
        return self.removed_at is None

    @standing.inplace.expression
    @classmethod
    def _standing(cls) -> ColumnElement[bool]:
        return cls.removed_at.is_(None)


class Holdable(Removable):
    """What steps, reactions and files have in common."""

    if TYPE_CHECKING:
        __tablename__: str
        id: Mapped[int]
        card_id: Mapped[int]

    def take_away(self) -> None:
        """Hold it aside; in ten minutes it is thrown away."""
        from host.models.held_forgetting import throw_away

        self.removed_at = now()
        db.session.flush()
        later(throw_away, delay=HELD, part=self.__tablename__, part_id=self.id)

    def put_back(self) -> None:
        """As it was."""
        self.removed_at = None
        db.session.flush()

    def throw_away(self) -> None:
        """At once, and for good."""
        db.session.delete(self)
        db.session.flush()


def held(kind: type[Part], id: int, card_id: int) -> Part:  # noqa: A002
    """What was taken off this card. Raises NotFound for what was not, and for what was thrown away meanwhile."""
    found = select(kind).where(kind.id == id, kind.card_id == card_id, kind.removed_at.is_not(None))
    part = db.session.scalars(found.with_for_update(of=kind)).first()  # the job may be at it
    if part is None:
        raise NotFound(_("That cannot be brought back any more."))
    return part
