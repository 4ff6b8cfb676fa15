"""What each trait of a board may rely on; the columns themselves are declared in `board.py`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Mapped

    from host.models.account import Account
    from host.models.board.publishable import Publication
    from host.models.column import Column
    from host.models.user import User

    class Trait:
        id: Mapped[int]
        account_id: Mapped[int]
        name: Mapped[str]
        description: Mapped[str]
        hue: Mapped[str]
        all_access: Mapped[bool]
        template: Mapped[bool]
        archived_at: Mapped[datetime | None]
        account: Mapped[Account]
        creator: Mapped[User | None]
        columns: Mapped[list[Column]]
        publication: Mapped[Publication | None]

        @property
        def log_place(self) -> dict[str, object]: ...
        def _people(self) -> Select[User]: ...

else:

    class Trait:
        pass
