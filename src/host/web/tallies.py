"""Reactions as a page shows them: each answer once, with how many gave it, and whether the reader did."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from host.db import db
from host.i18n import _
from host.models import Card, Reaction, User

# What the picker offers; anything else can be typed.
OFFERED = ("👍", "❤️", "🎉", "😄", "👀", "🙏", "🌱", "✅")


@dataclass
class Tally:
    """One answer; `mine` is the id of the reader's own."""

    content: str
    mine: int | None = None
    names: list[str] = field(default_factory=list)

    @property
    def who(self) -> str:
        return ", ".join(self.names)


def tallies(card: Card, reader: User) -> Mapping[int | None, Sequence[Tally]]:
    """Of the card itself under None, of its comments by their ids; in the order in which they first came. One
    statement. Index: ix_reaction_card_id."""
    found = select(Reaction).where(Reaction.card_id == card.id, Reaction.standing).options(joinedload(Reaction.creator))
    counted: dict[int | None, dict[str, Tally]] = defaultdict(dict)
    for each in db.session.scalars(found.order_by(Reaction.id)):
        tally = counted[each.comment_id].setdefault(each.content, Tally(each.content))
        tally.names.append(each.creator.name if each.creator else _("Somebody"))
        if each.creator_id == reader.id:
            tally.mine = each.id
    return defaultdict(list, {key: list(by_content.values()) for key, by_content in counted.items()})
