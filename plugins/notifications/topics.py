"""What people can be told of, as they choose it in their settings, and by which way it reaches them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from host import CARD_AUTO_POSTPONED, COMMENT_CREATED, NOTICE, _, notice_kinds
from plugins.notifications.reasons import Reason
from plugins.notifications.recipients import Told


class Way(StrEnum):
    """How something reaches a person."""

    BELL = "bell"
    DESKTOP = "desktop"
    MAIL = "mail"  # the bundle, by e-mail and by the person's other channels

    @property
    def words(self) -> str:
        return {Way.BELL: _("Bell"), Way.DESKTOP: _("Desktop"), Way.MAIL: _("Bundle")}[self]


@dataclass(frozen=True)
class Topic:
    """A kind of news, and the ways in which it comes to whoever has not chosen."""

    name: str
    title: str
    ways: frozenset[Way] = frozenset({Way.BELL, Way.MAIL})


AT_ONCE = frozenset(Way)
MENTIONS = Topic("mention", _("Someone mentions you"), AT_ONCE)
ASSIGNED = Topic("assigned", _("You are assigned"), AT_ONCE)
COMMENTS = Topic("comment", _("Comments on cards you watch"))
CHANGES = Topic("card", _("Changes to cards you watch or have"))
BOARDS = Topic("board", _("News of boards you watch"))
RESTED = Topic("rested", _("Cards that rested by themselves"))
TOPICS = (MENTIONS, ASSIGNED, COMMENTS, CHANGES, BOARDS, RESTED)
OURS = "notifications."  # what we ourselves have to say, such as how a test went: nobody chooses that away
NOT_MAILED = AT_ONCE - {Way.MAIL}


def topics() -> Iterator[Topic]:
    """Our own, then what other plugins have to say."""
    yield from TOPICS
    for kind in notice_kinds():
        if not kind.name.startswith(OURS):
            yield Topic(kind.name, kind.title, frozenset({Way.BELL}) if kind.quiet else Topic.ways)


def topic_named(name: str) -> Topic:
    """Also for the news of a plugin that has gone meanwhile."""
    known = {topic.name: topic for topic in topics()}
    return known.get(name) or Topic(name, name, NOT_MAILED if name.startswith(OURS) else Topic.ways)


def topic_of(told: Told) -> str:
    """The name of the topic that a piece of news belongs to."""
    if told.event.kind == NOTICE.name:
        return str(told.event.particulars.get("about", ""))
    by_reason = {Reason.MENTION: MENTIONS, Reason.ASSIGNED: ASSIGNED}
    by_kind = {COMMENT_CREATED.name: COMMENTS, CARD_AUTO_POSTPONED.name: RESTED}
    found = by_reason.get(told.reason) or by_kind.get(told.event.kind)
    return (found or (BOARDS if told.reason is Reason.BOARD else CHANGES)).name


def notice_title(name: str) -> str:
    """What a notice is about, in words."""
    return next((kind.title for kind in notice_kinds() if kind.name == name), _("A word from Fallow"))
