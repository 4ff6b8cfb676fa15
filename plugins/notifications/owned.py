"""Rows that are one person's alone."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from sqlalchemy import select

from host import NotFound, User, db


class Owned:
    """For a model with `id` and `user_id`; `missing` is what somebody hears who asks for another's."""

    id: Any
    missing: ClassVar[str]

    @classmethod
    def of(cls, person: User) -> Sequence[Self]:
        return db.session.scalars(select(cls).filter_by(user_id=person.id).order_by(cls.id)).all()

    @classmethod
    def one_of(cls, person: User, **by: Any) -> Self:
        """The one with this id, or another mark. Raises NotFound for somebody else's."""
        found = db.session.scalars(select(cls).filter_by(user_id=person.id, **by)).first()
        if found is None:
            raise NotFound(cls.missing)
        return found
