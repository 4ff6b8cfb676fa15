"""Cards that come round again: each run is a fresh copy, in a column of the same board."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from host import Card, Invalid, NotFound, User, _, db, visible
from plugins.recurring.recurrence import Fate, Gone, Made, NotNow, Order, Original, Recurrence

MOST_CHOICES = 50


class CardRecurrence(Recurrence):
    """People name a card by its number."""

    name, title, icon = "card", _("Card"), "boards"
    template = "recurring/_card_fields.html"

    def choices(self, person: User) -> Sequence[tuple[int, str]]:
        theirs = select(Card).where(visible(Card, person)).order_by(Card.last_active_at.desc(), Card.id)
        cards = db.session.scalars(theirs.limit(MOST_CHOICES))
        return [(card.number, f"{card.title} ({card.number})") for card in cards]

    def require(self, named: int, person: User) -> Original:
        return _shown(person.card(named))

    def original(self, original_id: int) -> Original | None:
        card = db.session.get(Card, original_id)
        return _shown(card) if card else None

    def originals(self, ids: Collection[int], reader: User) -> Mapping[int, Original]:
        theirs = select(Card).where(Card.id.in_(ids), visible(Card, reader))
        return {card.id: _shown(card) for card in db.session.scalars(theirs)}

    def beside(self, original_id: int, person: User) -> Mapping[str, Any]:
        return {"columns": _seen(original_id, person).board.columns}

    def typed(self, form: MultiDict[str, str], original_id: int) -> dict[str, Any]:  # noqa: ARG002
        return {"column": form.get("column", type=int)}

    def checked(self, options: Mapping[str, Any], original_id: int, person: User) -> dict[str, Any]:
        card = _seen(original_id, person)
        column = options.get("column")
        if column is not None and column not in {each.id for each in card.board.columns}:
            raise Invalid({"column": [_("This column is not on the card's board.")]})
        return {"column": column, "number": card.number}

    def make(self, order: Order) -> Made:
        card = db.session.get(Card, order.original_id)
        if card is None or card.number != order.options["number"]:  # SQLite gives the id of the last to another
            raise Gone
        if not _may_see(order.owner, card):
            raise NotNow(_("%(name)s no longer sees its board.", name=order.owner.name))
        columns = {column.id: column for column in card.board.columns}
        column = columns.get(order.options.get("column") or 0)
        copy = card.board.add_card(card.title, by=order.owner, description=card.description, column=column)
        _furnish(copy, card, order.owner)
        lost = order.options.get("column") and column is None
        note = _("Its column is gone, so it is in Maybe?.") if lost else ""
        return Made(copy.id, note, [copy.title], title=card.title)

    def fates(self, ids: Collection[int], reader: User) -> Mapping[int, Fate]:
        theirs = select(Card).where(Card.id.in_(ids), visible(Card, reader))
        return {card.id: _fate(card) for card in db.session.scalars(theirs)}

    def changed(self, original_id: int, said: Sequence[str]) -> bool:
        card = db.session.get(Card, original_id)
        return card is not None and [card.title] != list(said)


def _furnish(copy: Card, card: Card, owner: User) -> None:
    """With steps that are all to be done, tags, and whoever has it and still sees the board."""
    for step in card.steps:
        copy.add_step(step.text)
    for tag in card.tags:
        copy.tag(tag.title)
    for person in card.assignees:
        if person.active and _may_see(person, card):
            copy.assign(person, owner)


def _shown(card: Card) -> Original:
    return Original(
        card.id, card.title, " ".join(card.description.split())[:200], f"/cards/{card.number}", [card.title]
    )


def _fate(card: Card) -> Fate:
    return Fate(_("Card %(number)s", number=card.number), "boards", "scheduled", f"/cards/{card.number}")


def _seen(original_id: int, person: User) -> Card:
    card = db.session.get(Card, original_id)
    if card is None or not _may_see(person, card):
        raise NotFound(_("There is no such card."))
    return card


def _may_see(person: User, card: Card) -> bool:
    mine = select(Card.id).where(Card.id == card.id, visible(Card, person))
    return db.session.scalar(mine) is not None
