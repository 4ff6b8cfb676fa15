"""From a change to the pages that show it: topics, kept with the transaction until `telling` sends them."""

from collections.abc import Iterable

from host.db import db
from host.live.audience import Audience
from host.live.topic import checked, numbered

WAITING = "live"  # topics of the running transaction


def publish_live(topic: str, *, account_id: int, to: Iterable[int] | None = None) -> None:
    """Tell open pages, once this transaction commits, that something changed: `notifications`, `card 12`, `board 3`.

    `to` names people by id. Without it `board N` and `card N` reach whoever may see them, and any other topic everybody
    in the space. Nobody of another space ever hears of it. The same topic twice in a transaction is sent once.
    Raises ValueError for a topic that is not one or two plain words.
    """
    audience = audience_of(topic, account_id)
    if to is not None:
        audience.people.update(to)
    elif (named := numbered(topic)) is None:
        audience.everybody = True
    else:
        what, number = named
        (audience.boards if what == "board" else audience.cards).add(number)


def audience_of(topic: str, account_id: int) -> Audience:
    """Whom this topic will reach at the commit, to be added to."""
    waiting: dict[tuple[int, str], Audience] = db.session().info.setdefault(WAITING, {})
    return waiting.setdefault((account_id, checked(topic)), Audience())
