"""What each trait of a card may rely on; the columns themselves are declared in `card.py`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Mapped

    from host.events import EventKind
    from host.models.account import Account
    from host.models.attachment import Attachment, Cover
    from host.models.board import Board
    from host.models.card.assignable import Assignment
    from host.models.card.closeable import Closure
    from host.models.card.golden import Goldness
    from host.models.card.place import Place
    from host.models.card.postponable import Postponement
    from host.models.card.removable import Removal
    from host.models.card.taggable import Tagging
    from host.models.card.watchable import Watch
    from host.models.column import Column
    from host.models.comment import Comment
    from host.models.event import Event
    from host.models.step import Step
    from host.models.user import User

    class Trait:
        id: Mapped[int]
        number: Mapped[int]
        account_id: Mapped[int]
        board_id: Mapped[int]
        column_id: Mapped[int | None]
        title: Mapped[str]
        description: Mapped[str]
        place: Mapped[Place]
        created_at: Mapped[datetime]
        last_active_at: Mapped[datetime]
        activity_spike_at: Mapped[datetime | None]
        put_away_at: Mapped[datetime | None]
        due_on: Mapped[date | None]
        rank: Mapped[int]
        account: Mapped[Account]
        board: Mapped[Board]
        column: Mapped[Column | None]
        creator: Mapped[User | None]
        closure: Mapped[Closure | None]
        removal: Mapped[Removal | None]
        postponement: Mapped[Postponement | None]
        goldness: Mapped[Goldness | None]
        assignments: Mapped[list[Assignment]]
        taggings: Mapped[list[Tagging]]
        watches: Mapped[list[Watch]]
        steps: Mapped[list[Step]]
        comments: Mapped[list[Comment]]
        attachments: Mapped[list[Attachment]]
        cover: Mapped[Cover | None]

        def record(self, kind: EventKind, *, by: User, automatic: bool = False, **particulars: Any) -> Event | None: ...
        def assign(self, person: User, by: User) -> None: ...
        def lie_on_top(self) -> None: ...
        def reopen(self, by: User) -> None: ...
        def wake(self) -> None: ...
        def watch(self, person: User, *, watching: bool = True) -> None: ...
        def require_published(self) -> None: ...
        def settle(self) -> None: ...
        def triage_into(self, column: Column, by: User) -> None: ...

        @property
        def golden(self) -> bool: ...

else:

    class Trait:
        pass
