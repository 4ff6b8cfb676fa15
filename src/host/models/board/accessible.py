"""Who may see a board, and who watches it."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, delete, func, or_, select

from host.clock import now
from host.db import db, insert_ignoring
from host.errors import Invalid, NotFound
from host.eventlog import record
from host.events import ACCESS_GRANTED, ACCESS_REVOKED
from host.handles import without_accents
from host.i18n import _
from host.models.access import Access
from host.models.board.trait import Trait
from host.models.typed import line
from host.models.user import User


class Accessible(Trait):
    @property
    def people(self) -> list[User]:
        """The active people who may see this board, by name."""
        return list(db.session.scalars(_people(self.id).order_by(User.name, User.id)))

    @property
    def involved(self) -> list[tuple[User, bool]]:
        """The same people, each with whether they hear of what happens on all its cards."""
        found = db.session.execute(_involved(), {"board": self.id})
        return [(person, watching) for person, watching in found]

    def people_called(self, start: str, *, most: int) -> list[User]:
        """Those of them whose handle or whose name's words begin so, those by handle first. Accents are let be, as far
        as handles are made without them. Index: ix_access_board_id."""
        word, plain = line(start).lower(), without_accents(line(start))
        name, by_handle = func.lower(User.name), User.handle.startswith(plain, autoescape=True)
        called = [name.startswith(word, autoescape=True), name.contains(f" {word}", autoescape=True)]
        if plain or not word:
            called += [by_handle, User.handle.contains(f"-{plain}", autoescape=True)]
        found = _people(self.id).where(or_(*called))
        return list(db.session.scalars(found.order_by(by_handle.desc(), User.name, User.id).limit(most)))

    def open_to_all(self, *, by: User) -> None:
        """Let everybody in the space see the board, and whoever joins it later."""
        self.all_access = True
        self.let_in(self.account.people, by=by)

    def close(self) -> None:
        """From now on newcomers to the space do not see the board; who does so far still does (fizzy.md 1.4)."""
        self.all_access = False

    def open_to(self, people: Iterable[User], *, by: User) -> None:
        """Let just these see the board: the complete list, so whoever is not on it sees it no more.
        Raises Invalid for an empty one, since nobody could bring such a board back."""
        chosen = {person.id: person for person in people}
        if not chosen:
            raise Invalid({"people": [_("Somebody must see the board.")]})
        self.close()
        self.let_in(chosen.values(), by=by)
        self.revoke([person for person in self._who_ever() if person.id not in chosen], by=by)

    def grant(self, people: Iterable[User]) -> list[int]:
        """Let these people see the board; those who do already keep what they have. Gives the ids of the new ones."""
        rows = [
            {"board_id": self.id, "user_id": person.id, "watching": False, "created_at": now()} for person in people
        ]
        if not rows:
            return []
        return sorted(db.session.scalars(insert_ignoring(Access).returning(Access.user_id), rows))

    def let_in(self, people: Iterable[User], *, by: User) -> None:
        """Let these people see the board; the log tells of those who did not before."""
        granted = self.grant(people)
        if granted:
            record(ACCESS_GRANTED, self, by=by, user_ids=granted)

    def revoke(self, people: Iterable[User], *, by: User) -> None:
        """Let these people see the board no more: from now on it is not for all. What they could see there is taken
        from them by jobs that follow the event (`cleanup`); what they did stays."""
        ids = sorted(person.id for person in people)
        gone = delete(Access).where(Access.board_id == self.id, Access.user_id.in_(ids)).returning(Access.user_id)
        revoked = sorted(db.session.scalars(gone))
        if revoked:
            self.all_access = False
            record(ACCESS_REVOKED, self, by=by, user_ids=revoked)

    def watch(self, person: User, *, watching: bool = True) -> None:
        """Whether this person hears of cards that are added to the board."""
        access = db.session.scalars(select(Access).filter_by(board_id=self.id, user_id=person.id)).first()
        if access is None:
            raise NotFound(_("There is no such board."))
        access.watching = watching

    def watched_by(self, person: User) -> bool:
        """Whether they do. Index: uq_access_user_id."""
        watching = select(Access.watching).filter_by(board_id=self.id, user_id=person.id)
        return bool(db.session.scalar(watching))

    def _who_ever(self) -> Iterable[User]:
        """Also those who left the space."""
        return db.session.scalars(select(User).join(Access, Access.user_id == User.id).filter_by(board_id=self.id))


@cache
def _involved() -> Select[User, bool]:
    """Made once: each board asks."""
    return _people(bindparam("board")).add_columns(Access.watching).order_by(User.name, User.id)


def _people(board: int | BindParameter[int]) -> Select[User]:
    return select(User).join(Access, Access.user_id == User.id).where(Access.board_id == board, User.active)
