"""Who is meant by the handles in a text: active people who may see the board that the text stands on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from host.db import db
from host.i18n import _, ngettext
from host.models import Access, Board, Role, User
from host.text import handles_in

MOST_LISTED = 5


@dataclass(frozen=True)
class Unheard:
    """Handles of a text that reach nobody."""

    unknown: Sequence[str] = ()  # nobody's, or of somebody who left
    shut_out: Sequence[str] = ()  # of people who may not see the board

    @property
    def handles(self) -> list[str]:
        return [*self.unknown, *self.shut_out]

    @property
    def sentences(self) -> list[str]:
        """What their author is told."""
        said = []
        if self.unknown:
            said.append(_("Nobody here is called %(handles)s.", handles=_listed(self.unknown)))
        if self.shut_out:
            told = ngettext(
                "%(handles)s cannot see this board and was not told.",
                "%(handles)s cannot see this board and were not told.",
                len(self.shut_out),
                handles=_listed(self.shut_out),
            )
            said.append(told)
        return said


def mentioned(markdown: str, board: Board) -> list[User]:
    """Those whom the text names, as it names them: active people who may see the board. One statement, or none."""
    handles = handles_in(markdown)
    if not handles:
        return []
    may_see = select(User).join(Access, Access.user_id == User.id).where(Access.board_id == board.id, User.active)
    found = db.session.scalars(may_see.where(User.role != Role.SYSTEM, User.handle.in_(handles)))
    return sorted(found, key=lambda person: handles.index(person.handle))


def unheard(markdown: str, board: Board, *, before: str = "") -> Unheard:
    """The handles that reach nobody, without those that stood in the text `before`. Two statements at most."""
    old = set(handles_in(before))
    new = [handle for handle in handles_in(markdown) if handle not in old]
    reached = {person.handle for person in mentioned(markdown, board)} if new else set()
    rest = [handle for handle in new if handle not in reached]
    here = _here(rest, board)
    return Unheard([each for each in rest if each not in here], [each for each in rest if each in here])


def names(people: Collection[User]) -> Mapping[str, str]:
    """As `host.text.rendered` wants to know them."""
    return {person.handle: person.name for person in people}


def _here(handles: Collection[str], board: Board) -> set[str]:
    """Those of active people of the space."""
    theirs = select(User.handle).where(User.account_id == board.account_id, User.active, User.role != Role.SYSTEM)
    return set(db.session.scalars(theirs.where(User.handle.in_(handles)))) if handles else set()


def _listed(handles: Sequence[str]) -> str:
    shown = ", ".join(f"@{handle}" for handle in handles[:MOST_LISTED])
    more = len(handles) - MOST_LISTED
    return _("%(handles)s and %(n)s more", handles=shown, n=more) if more > 0 else shown
