"""The people of a Trello board among ours: known ones are found again, others invited; they cannot sign in yet."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select

from host.db import db
from host.handles import plain_handle
from host.i18n import _
from host.models import Account, Role, User
from host.models.typed import LONGEST_NAME
from host.transfer.trello.document import Member


class People:
    """Users of the space by their Trello id."""

    def __init__(self, account: Account, counts: Counter[str]) -> None:
        self._account = account
        self._counts = counts
        everybody = select(User).where(User.account_id == account.id, User.active, User.role != Role.SYSTEM)
        users = db.session.scalars(everybody.order_by(User.id)).all()
        named = Counter(user.name.casefold() for user in users)
        self._by_handle = {user.handle: user for user in users}
        self._by_name = {name: user for user in users if named[name := user.name.casefold()] == 1}
        self._found: dict[str, User] = {}
        self._taken: set[int] = set()

    @property
    def users(self) -> Iterable[User]:
        return self._found.values()

    def settle(self, members: Iterable[Member]) -> None:
        """Find or invite each of these, once."""
        for member in members:
            if member.id and member.id not in self._found:
                self._found[member.id] = user = self._known(member) or self._invite(member)
                self._taken.add(user.id)

    def first(self, *ids: str) -> int | None:
        """The user id of the first of these Trello ids that the file names."""
        return next((self._found[id].id for id in ids if id in self._found), None)  # noqa: A001

    def _known(self, member: Member) -> User | None:
        """Somebody with this handle from an earlier import, or of this name; nobody where there is a doubt."""
        name = member.name.casefold()
        earlier = self._by_handle.get(plain_handle(member.username)) if member.username else None
        if earlier is None or (earlier.email is not None and earlier.name.casefold() != name):
            earlier = self._by_name.get(name)
        if earlier is None or earlier.id in self._taken:
            return None
        self._counts["people_known"] += 1
        return earlier

    def _invite(self, member: Member) -> User:
        self._counts["people_invited"] += 1
        name = member.name[:LONGEST_NAME] or _("Somebody from Trello")
        return User.join(self._account, name=name, email=None, handle=member.username)
