"""A webhook: an address that hears of what happens on a board."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Select, String, false, func, or_, select, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import (
    AddressRefused,
    Board,
    Id,
    Invalid,
    LostSecret,
    Model,
    Moment,
    NotFound,
    Sealed,
    User,
    _,
    checked_url,
    db,
    line,
    may_administer,
    may_run,
    now,
    require,
    visible,
    words,
)
from plugins.webhooks import kinds
from plugins.webhooks.faring import Faring
from plugins.webhooks.news import News
from plugins.webhooks.signing import new_secret

MOST = 20  # on a board
LONGEST_NAME = 120
OVERLAP = timedelta(days=1)  # in which the secret before counts as well


class Format(StrEnum):
    """What is sent: our JSON, or what a chat understands."""

    JSON = "json"
    SLACK = "slack"
    DISCORD = "discord"
    TEXT = "text"  # Mattermost, Teams, and what takes the same


class Webhook(Faring, Model):
    __tablename__ = "webhooks_webhook"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    url: Mapped[str] = mapped_column(Sealed)  # of a chat it is a secret by itself
    secret: Mapped[str] = mapped_column(Sealed, default=new_secret)
    former_secret: Mapped[str | None] = mapped_column(Sealed)
    former_until: Mapped[datetime | None] = mapped_column(Moment)
    format: Mapped[Format] = mapped_column(words(Format), default=Format.JSON)
    plain_signature: Mapped[bool] = mapped_column(default=False)
    events: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # None: all, also those to come
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    board: Mapped[Board] = relationship()

    @classmethod
    def create(cls, board: Board, *, by: User, **values: Any) -> "Webhook":
        """Raises Forbidden, and Invalid for values that cannot be right; `change` says which there are."""
        require(may_run(by, board))
        if db.session.scalar(select(func.count(cls.id)).filter_by(board_id=board.id)) == MOST:
            raise Invalid({"name": [_("No board has more than %(n)s webhooks.", n=MOST)]})
        webhook = cls(board=board, creator_id=by.id)
        with db.session.no_autoflush:
            webhook.change(**values)
        db.session.add(webhook)
        db.session.flush()
        return webhook

    def change(
        self,
        *,
        name: str,
        url: str,
        events: Collection[str] | None = None,
        format: Format = Format.JSON,  # noqa: A002
        plain_signature: bool = False,
    ) -> None:
        """`events`: names of kinds, None for all. Raises Invalid, with all that is wrong."""
        self.name, self.url, self.events = _checked(name, url, events, self.events or ())
        self.format, self.plain_signature = format, plain_signature

    def remove(self) -> None:
        """And its log."""
        db.session.delete(self)

    def rotate(self) -> None:
        """Sign by a new secret; for a day by the one before as well, so that the receiver can follow in good time."""
        lost = isinstance(self.secret, LostSecret)
        self.former_secret, self.former_until = (None, None) if lost else (self.secret, now() + OVERLAP)
        self.secret = new_secret()

    @property
    def secrets(self) -> list[str]:
        """Those that it signs by, the newest first; none that this installation can no longer read."""
        former = [self.former_secret] if self.former_secret and self.former_until and now() < self.former_until else []
        return [each for each in (self.secret, *former) if each]

    def wants(self, news: News) -> bool:
        """Of what it chose, and not of what happened just before there was a webhook."""
        return news.at >= self.created_at and (self.events is None or news.kind in self.events)

    @classmethod
    def any_is_on(cls) -> bool:
        """Most spaces have none, and then nothing is to be done about an event."""
        return db.session.scalar(select(cls.id).where(cls.active).limit(1)) is not None

    @classmethod
    def of(cls, person: User, board: Board | None = None) -> Select["Webhook"]:
        """Those that this person may see to, by board and name."""
        here = true() if board is None else cls.board_id == board.id
        found = select(cls).join(cls.board).where(visible(cls, person), _may_run(person), here)
        return found.order_by(Board.name, cls.name, cls.id)

    @classmethod
    def one_of(cls, person: User, id: int) -> "Webhook":  # noqa: A002
        """Raises NotFound for one of a board that this person does not see, Forbidden for one they may not see to."""
        found = db.session.scalars(select(cls).where(cls.id == id, visible(cls, person))).first()
        if found is None:
            raise NotFound(_("There is no such webhook."))
        require(may_run(person, found.board))
        return found


def _may_run(person: User) -> ColumnElement[bool]:
    return or_(true() if may_administer(person) else false(), Board.creator_id == person.id)


def _checked(
    name: str, url: str, chosen: Collection[str] | None, kept: Collection[str]
) -> tuple[str, str, list[str] | None]:
    """Raises Invalid with all that is wrong at once."""
    errors: dict[str, Any] = {}
    name = line(name)
    if not 0 < len(name) <= LONGEST_NAME:
        errors["name"] = [_("A name has 1 to %(n)s characters.", n=LONGEST_NAME)]
    try:
        url = checked_url(url)
    except AddressRefused as refused:
        errors["url"] = [refused.message]
    try:
        chosen = kinds.checked(chosen, kept)
    except Invalid as invalid:
        errors |= invalid.errors
    if errors:
        raise Invalid(errors)
    return name, url, None if chosen is None else list(chosen)
