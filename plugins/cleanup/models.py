"""What people chose about a rule, and what each removal took."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, Index, Select, String, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from host import LONGEST_DAYS, Id, Invalid, Model, Moment, RetentionRule, _, db, now, upsert

LONGEST_KEY = 80


class Choice(Model):
    """Without a row nobody chose: the rule is on, and its days are its own."""

    __tablename__ = "cleanup_choice"

    rule: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    days: Mapped[int | None]
    on: Mapped[bool] = mapped_column("switched_on", default=True)

    @classmethod
    def choose(cls, rule: RetentionRule, *, days: int | None, on: bool) -> None:
        """Keep things so long, `None` for as long as the rule says; or let all of them be. Raises Invalid (`days`) for
        a number out of bounds, and for a rule that does not ask for age."""
        if days is not None and rule.days is None:
            raise Invalid({"days": [_("This goes by no age.")]})
        if days is not None and not 1 <= days <= LONGEST_DAYS:
            raise Invalid({"days": [DAYS]})
        values = {"days": days, "on": on}
        row = upsert(cls).values(rule=rule.key, **values)
        chosen = row.on_conflict_do_update(index_elements=[cls.rule], set_={cls.days: days, cls.on: on})
        db.session.execute(chosen, execution_options={"populate_existing": True})

    @classmethod
    def by_rule(cls) -> Mapping[str, "Choice"]:
        return {each.rule: each for each in db.session.scalars(select(cls))}


class Removal(Model):
    """One go at a rule that took something."""

    __tablename__ = "cleanup_removal"
    __table_args__ = (Index(None, "rule", "id"), Index(None, "at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    rule: Mapped[str] = mapped_column(String(LONGEST_KEY))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    removed: Mapped[int] = mapped_column(BigInteger, default=0)

    @classmethod
    def begin(cls, rule: str) -> int:
        begun = insert(cls).values(rule=rule, at=now(), removed=0).returning(cls.id)
        return db.session.execute(begun).scalar_one()

    @classmethod
    def grow(cls, id: int, by: int) -> None:  # noqa: A002
        """In the transaction that removes so many, so that the number is exact whatever dies."""
        db.session.execute(update(cls).where(cls.id == id).values(removed=cls.removed + by))

    @classmethod
    def newest(cls) -> Select["Removal"]:
        return select(cls).order_by(cls.id.desc())

    @classmethod
    def last_of_each(cls) -> Mapping[str, "Removal"]:
        """Index: ix_cleanup_removal_rule_id"""
        last: Sequence[int] = db.session.scalars(select(func.max(cls.id)).group_by(cls.rule)).all()
        return {each.rule: each for each in db.session.scalars(select(cls).where(cls.id.in_(last)))}

    @classmethod
    def older(cls, before: datetime) -> ColumnElement[bool]:
        """Index: ix_cleanup_removal_at"""
        return cls.at < before


DAYS = _("From 1 to %(most)s days.", most=LONGEST_DAYS)
