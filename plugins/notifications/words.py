"""What happened, in a sentence for the person who is told."""

from collections.abc import Callable
from datetime import datetime

from host import (
    CARD_ASSIGNED,
    CARD_AUTO_POSTPONED,
    CARD_BOARD_CHANGED,
    CARD_CLOSED,
    CARD_POSTPONED,
    CARD_PUBLISHED,
    CARD_REOPENED,
    CARD_SENT_BACK_TO_TRIAGE,
    CARD_TITLE_CHANGED,
    CARD_TRIAGED,
    CARD_UNASSIGNED,
    COMMENT_CREATED,
    NOTICE,
    _,
    ngettext,
)
from plugins.notifications.facts import Facts
from plugins.notifications.models import Notification
from plugins.notifications.reasons import Reason
from plugins.notifications.topics import notice_title

Sentence = Callable[[Notification, str, Facts], str]


def title(told: Notification) -> str:
    """What it is about: the card, or how many."""
    if told.card is not None:
        return told.card.title
    if told.kind == NOTICE.name:
        return notice_title(str(told.data.get("about", "")))
    count = told.data.get("cards", 0)
    return ngettext("%(n)s card rested", "%(n)s cards rested", count)


def sentence(told: Notification, facts: Facts) -> str:
    """What happened to it. A kind that this version does not know is told without its details."""
    who = told.creator.name if told.creator else _("System")
    if told.kind == NOTICE.name:
        return str(told.data.get("text", ""))
    if told.card is None:
        return _several(told, facts)
    if told.reason is Reason.MENTION:
        return _mentioned(told, who, facts)
    return SENTENCES.get(told.kind, _changed)(told, who, facts)


def _mentioned(told: Notification, who: str, facts: Facts) -> str:
    said = facts.comments.get(told.data.get("comment_id", 0))
    return _("%(who)s mentioned you: “%(said)s”", who=who, said=said) if said else _("%(who)s mentioned you.", who=who)


def _several(told: Notification, facts: Facts) -> str:
    boards = told.data.get("boards", [])
    if len(boards) == 1 and boards[0] in facts.boards:
        return _("On %(board)s. Touch one to bring it back.", board=facts.boards[boards[0]])
    return ngettext(
        "On %(n)s board. Touch one to bring it back.", "On %(n)s boards. Touch one to bring it back.", len(boards)
    )


def _commented(told: Notification, who: str, facts: Facts) -> str:
    said = facts.comments.get(told.data.get("comment_id", 0))
    return _("%(who)s: “%(said)s”", who=who, said=said) if said else _("%(who)s commented.", who=who)


def _assigned(told: Notification, who: str, facts: Facts) -> str:
    if facts.reader_id in told.data.get("assignee_ids", ()):
        return _("%(who)s assigned you.", who=who)
    return _("%(who)s assigned %(people)s.", who=who, people=_people(told, facts))


def _unassigned(told: Notification, who: str, facts: Facts) -> str:
    if facts.reader_id in told.data.get("assignee_ids", ()):
        return _("%(who)s took this from you.", who=who)
    return _("%(who)s took this from %(people)s.", who=who, people=_people(told, facts))


def _people(told: Notification, facts: Facts) -> str:
    names = [facts.people[id] for id in told.data.get("assignee_ids", ()) if id in facts.people]  # noqa: A001
    return ", ".join(names) or _("somebody")


def _rested(told: Notification, _who: str, _facts: Facts) -> str:
    since = told.data.get("last_active_at")
    if not since:
        return _("Rested by itself. Touch it to bring it back.")
    untouched = told.updated_at - datetime.fromisoformat(since)
    return _("Rested after %(time)s. Touch it to bring it back.", time=_length(untouched.total_seconds()))


def _length(seconds: float) -> str:
    """The largest unit that is full: 30 days and 40 minutes are "30 days"."""
    if seconds >= 86400:
        return ngettext("%(n)s day", "%(n)s days", int(seconds // 86400))
    if seconds >= 3600:
        return ngettext("%(n)s hour", "%(n)s hours", int(seconds // 3600))
    return ngettext("%(n)s minute", "%(n)s minutes", max(1, int(seconds // 60)))


def _changed(_told: Notification, who: str, _facts: Facts) -> str:
    return _("%(who)s changed this.", who=who)


SENTENCES: dict[str, Sentence] = {
    COMMENT_CREATED.name: _commented,
    CARD_ASSIGNED.name: _assigned,
    CARD_UNASSIGNED.name: _unassigned,
    CARD_AUTO_POSTPONED.name: _rested,
    CARD_PUBLISHED.name: lambda _told, who, _facts: _("%(who)s added this.", who=who),
    CARD_CLOSED.name: lambda _told, who, _facts: _("%(who)s closed this.", who=who),
    CARD_REOPENED.name: lambda _told, who, _facts: _("%(who)s opened this again.", who=who),
    CARD_POSTPONED.name: lambda _told, who, _facts: _("%(who)s put this in Not now.", who=who),
    CARD_SENT_BACK_TO_TRIAGE.name: lambda _told, who, _facts: _("%(who)s moved this back to Maybe?", who=who),
    CARD_TRIAGED.name: lambda told, who, _facts: _(
        "%(who)s moved this to %(column)s.", who=who, column=told.data.get("column", "")
    ),
    CARD_TITLE_CHANGED.name: lambda told, who, _facts: _(
        "%(who)s renamed this, it was “%(old)s”.", who=who, old=told.data.get("old_title", "")
    ),
    CARD_BOARD_CHANGED.name: lambda told, who, _facts: _(
        "%(who)s moved this to the board %(board)s.", who=who, board=told.data.get("new_board", "")
    ),
}
