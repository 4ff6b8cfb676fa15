"""Why somebody is told of something."""

from enum import StrEnum

from host import _


class Reason(StrEnum):
    """The strongest first: who would hear of an event for several reasons hears of it once, for the first of them."""

    MENTION = "mention"
    ASSIGNED = "assigned"  # by this very event, or no longer
    ASSIGNEE = "assignee"
    WATCHING = "watching"
    BOARD = "board"
    NOTICE = "notice"  # a plugin has something to say to this person

    @property
    def words(self) -> str:
        """ "Because you watch the board", for whoever wonders."""
        return WORDS[self]


WORDS = {
    Reason.MENTION: _("Because you were mentioned"),
    Reason.ASSIGNED: _("Because it was assigned to you, or no longer is"),
    Reason.ASSIGNEE: _("Because the card is yours"),
    Reason.WATCHING: _("Because you watch the card"),
    Reason.BOARD: _("Because you watch the board"),
    Reason.NOTICE: _("Because it concerns you"),
}
