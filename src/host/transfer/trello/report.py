"""What an import took over, what it changed on the way, and what it left behind."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from host.i18n import _, ngettext

Phrase = Callable[[int], str]

# Each count that an import keeps, in the order in which it is told.
TAKEN: Mapping[str, Phrase] = {
    "columns": lambda n: ngettext("%(n)s column", "%(n)s columns", n),
    "cards": lambda n: ngettext("%(n)s card", "%(n)s cards", n),
    "cards_in_columns": lambda n: ngettext("  %(n)s in a column", "  %(n)s in columns", n),
    "cards_in_done": lambda n: ngettext("  %(n)s archived, in Done", "  %(n)s archived, in Done", n),
    "cards_in_maybe": lambda n: ngettext("  %(n)s without a list, in Maybe?", "  %(n)s without a list, in Maybe?", n),
    "steps": lambda n: ngettext("%(n)s step", "%(n)s steps", n),
    "steps_done": lambda n: ngettext("  %(n)s of them done", "  %(n)s of them done", n),
    "comments": lambda n: ngettext("%(n)s comment", "%(n)s comments", n),
    "tags": lambda n: ngettext("%(n)s tag", "%(n)s tags", n),
    "assignments": lambda n: ngettext("%(n)s assignment", "%(n)s assignments", n),
    "people_invited": lambda n: ngettext(
        "%(n)s person, who cannot sign in yet", "%(n)s people, who cannot sign in yet", n
    ),
    "people_known": lambda n: ngettext(
        "%(n)s person who was in this space already", "%(n)s people who were in this space already", n
    ),
    "due_dates": lambda n: ngettext(
        "%(n)s due date, kept as a line of the description", "%(n)s due dates, kept as a line of the description", n
    ),
    "links": lambda n: ngettext(
        "%(n)s attachment, kept as a link in the description", "%(n)s attachments, kept as links in the description", n
    ),
}
CHANGED: Mapping[str, Phrase] = {
    "long_titles": lambda n: ngettext(
        "%(n)s title was too long; its rest begins the description",
        "%(n)s titles were too long; the rest begins the description",
        n,
    ),
    "untitled": lambda n: ngettext(
        "%(n)s card without a title is “Untitled”", "%(n)s cards without a title are “Untitled”", n
    ),
    "cut_texts": lambda n: ngettext("%(n)s very long text was cut", "%(n)s very long texts were cut", n),
    "unknown_authors": lambda n: ngettext(
        "%(n)s comment by somebody the file does not name is by System",
        "%(n)s comments by people the file does not name are by System",
        n,
    ),
}
LEFT: Mapping[str, Phrase] = {
    "archived_lists": lambda n: ngettext(
        "%(n)s archived list; its cards are in Done", "%(n)s archived lists; their cards are in Done", n
    ),
    "missing_comments": lambda n: ngettext(
        "%(n)s comment that Trello counts but did not export", "%(n)s comments that Trello counts but did not export", n
    ),
    "stray_comments": lambda n: ngettext(
        "%(n)s comment on a card that is not in the file", "%(n)s comments on cards that are not in the file", n
    ),
    "stray_checklists": lambda n: ngettext(
        "%(n)s checklist of a card that is not in the file", "%(n)s checklists of cards that are not in the file", n
    ),
    "empty_items": lambda n: ngettext("%(n)s checklist item without words", "%(n)s checklist items without words", n),
    "unknown_assignees": lambda n: ngettext(
        "%(n)s assignment of somebody the file does not name", "%(n)s assignments of people the file does not name", n
    ),
    "unnamed_labels": lambda n: ngettext(
        "%(n)s label without a name or a card", "%(n)s labels without a name or a card", n
    ),
    "board_description": lambda _n: _("the description of the board"),
    "custom_fields": lambda n: ngettext("%(n)s value of a custom field", "%(n)s values of custom fields", n),
    "start_dates": lambda n: ngettext("%(n)s start date", "%(n)s start dates", n),
    "locations": lambda n: ngettext("%(n)s location", "%(n)s locations", n),
    "votes": lambda n: ngettext("%(n)s vote", "%(n)s votes", n),
    "stickers": lambda n: ngettext("%(n)s sticker", "%(n)s stickers", n),
    "covers": lambda n: ngettext("%(n)s cover", "%(n)s covers", n),
    "power_ups": lambda n: ngettext("%(n)s note of a power-up", "%(n)s notes of power-ups", n),
    "other_actions": lambda n: ngettext(
        "%(n)s other line of the history, such as a move", "%(n)s other lines of the history, such as moves", n
    ),
}


@dataclass
class Report:
    """`board_id` is the new board's, None after a rehearsal; the counts are by the names above."""

    board: str = ""
    board_id: int | None = None
    kept_dates: bool = False
    counts: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        parts = {"taken": TAKEN, "changed": CHANGED, "left": LEFT}
        counts = {name: {key: self.counts[key] for key in part if self.counts[key]} for name, part in parts.items()}
        dates = "keep" if self.kept_dates else "fresh"
        return {"board": self.board, "board_id": self.board_id, "dates": dates, **counts}

    def lines(self) -> Iterator[str]:
        """The report as people read it."""
        yield _("Board “%(name)s”", name=self.board)
        yield from self._part(_("Taken over"), TAKEN)
        yield from self._part(_("Changed"), CHANGED)
        yield from self._part(_("Not taken over"), LEFT)
        if self.kept_dates:
            yield _("Each card keeps its last activity, so old ones will rest at the next sweep.")
        else:
            yield _("Each card's clock starts now.")

    def _part(self, title: str, phrases: Mapping[str, Phrase]) -> Iterator[str]:
        found = [phrase(self.counts[key]) for key, phrase in phrases.items() if self.counts[key]]
        if found:
            yield f"{title}:"
            yield from (f"  {line}" for line in found)
