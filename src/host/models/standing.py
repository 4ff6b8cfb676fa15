"""What somebody is in the space, as others there decide it; the log says who did."""

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete

from host.db import db
from host.errors import Forbidden
from host.events import OWNERSHIP_HANDED_OVER, PERSON_DISMISSED, PERSON_JOINED, PERSON_READMITTED, ROLE_CHANGED
from host.i18n import _

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped

    from host.events import EventKind
    from host.models.account import Account
    from host.models.user import Role, User

    class Person:
        id: Mapped[int]
        account: Mapped[Account]
        active: Mapped[bool]
        role: Mapped[Role]

        def take_role(self, role: Role) -> None: ...
        def deactivate(self) -> None: ...
        def _enter_open_boards(self) -> None: ...

else:

    class Person:
        pass


class Standing(Person):
    """Who may do this is for `host.permissions` to say; that an owner stays one until they hand the space over holds
    whoever asks."""

    def appoint(self, role: "Role", *, by: "User") -> None:
        """Make this person an admin or a member. Raises Forbidden for an owner, and for a new one: see `hand_over`."""
        from host.models.user import Role

        self._require_no_owner()
        if role not in (Role.ADMIN, Role.MEMBER):
            raise Forbidden(_("Only an owner hands the space over."))
        self.become(role, by=by)

    def become(self, role: "Role", *, by: "User") -> None:
        """The same for whoever looks after the installation, who may make and unmake owners. Raises Invalid for the
        last one."""
        if role is not self.role:
            was = self.role
            self.take_role(role)
            self._tell(ROLE_CHANGED, by, role=role.value, old_role=was.value)

    def dismiss(self, *, by: "User") -> None:
        """End this person's sign-ins and tokens for good; what they did stays. Raises Forbidden for an owner."""
        self._require_no_owner()
        self.leave(by=by)

    def leave(self, *, by: "User") -> None:
        """The same for owners, too. Raises Invalid for the last one."""
        from host.models.token import ApiToken

        if self.active:
            self.deactivate()
            db.session.execute(delete(ApiToken).where(ApiToken.user_id == self.id))
            self._tell(PERSON_DISMISSED, by)

    def readmit(self, *, by: "User") -> None:
        """Let them in again: they see the boards that they saw, and those that are open to all by now."""
        if not self.active:
            self.active = True
            self._enter_open_boards()
            self._tell(PERSON_READMITTED, by)

    def hand_over(self, heir: "User") -> None:
        """Make somebody else the owner in one's place, and stay as an admin. Raises Forbidden unless one is an owner
        and they are an active person of the same space."""
        from host.eventlog import record
        from host.models.user import Role

        fit = heir.active and heir.account == self.account and heir.role in (Role.ADMIN, Role.MEMBER)
        if self.role is not Role.OWNER or not fit:
            raise Forbidden(_("Only an owner hands the space over, to somebody who is here."))
        heir.role, self.role = Role.OWNER, Role.ADMIN
        record(OWNERSHIP_HANDED_OVER, self.account, by=cast("User", self), user_id=heir.id)

    def came(self, *, by: "User") -> None:
        """Say that somebody brought this person here."""
        self._tell(PERSON_JOINED, by)

    def _require_no_owner(self) -> None:
        from host.models.user import Role

        if self.role is Role.OWNER:
            raise Forbidden(_("An owner stays one until they hand the space over."))

    def _tell(self, happened: "EventKind", by: "User", **particulars: Any) -> None:
        from host.eventlog import record

        record(happened, self.account, by=by, user_id=self.id, **particulars)
