"""The end of cards that were removed, in a job."""

from sqlalchemy import select

from host.clock import now
from host.db import db
from host.i18n import _
from host.models.card.card import Card
from host.models.card.removable import HELD, Removal
from host.plugging.tasks import task


@task("host.delete_card")
def delete_removed(removal_id: int) -> str:
    """Delete the card whose removal this is, unless it was brought back. On SQLite the next removal may have the number
    of one that was taken back, and has its own time."""
    held = select(Card).join(Removal, Removal.card_id == Card.id)
    held = held.where(Removal.id == removal_id, Removal.at <= now() - HELD)
    card = db.session.scalars(held.with_for_update(of=Card)).first()
    if card is None or card.removal is None:
        return _("it was brought back")
    card.delete(by=card.removal.creator or card.account.system)
    return _("deleted card %(number)s", number=card.number)
