"""The archive: a board that is out of the way, to be read and not to be changed."""

from host.clock import now
from host.errors import Forbidden
from host.eventlog import record
from host.events import BOARD_ARCHIVED, BOARD_UNARCHIVED
from host.i18n import _
from host.models.board.trait import Trait
from host.models.user import User


class Archivable(Trait):
    def archive(self, *, by: User) -> None:
        """Lay the board aside with all its cards. One that lies there stays there."""
        if self.archived_at is None:
            self.archived_at = now()
            record(BOARD_ARCHIVED, self, by=by)

    def unarchive(self, *, by: User) -> None:
        """Bring it back as it was; the clocks of its cards went on."""
        if self.archived_at is not None:
            self.archived_at = None
            record(BOARD_UNARCHIVED, self, by=by)

    def require_unarchived(self) -> None:
        """Raises Forbidden for a board in the archive: it is only read."""
        if self.archived_at is not None:
            raise Forbidden(_("This board is in the archive. Bring it back to change it."))
