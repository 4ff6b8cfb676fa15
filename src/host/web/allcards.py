"""All cards that a person may see, over all boards, as far as they are asked for."""


from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, select
from werkzeug.utils import cached_property

from host.db import db
from host.filters import Filter
from host.models import Card, User
from host.permissions import visible
from host.web.cardview import CardView, with_boards
from host.web.filterbar import FilterBar
from host.web.forms import from_htmx
from host.web.login import current_account, current_user
from host.web.narrowing import Narrowing

FIRST = 50  # cards in one answer
MOST_COUNTED = 1000  # beyond it nobody wants to know how many more
MOST_AFTER = 100_000
PLACED = ("place", "closer", "closed")  # who asks for these asks for cards that may be done

bp = Blueprint("allcards", __name__)


class AllCards:
    """The cards after the first `after`."""

    def __init__(self, actor: User, found: Narrowing, after: int = 0) -> None:
        self.actor = actor
        self.found = found
        self.after = after

    @cached_property
    def cards(self) -> list[CardView]:
        """In a constant number of statements. Indices: ix_card_account_awake, and those of the criteria."""
        page = self._query.with_only_columns(Card.id).order_by(*self.found.filter.order)
        return with_boards(page.offset(self.after).limit(FIRST))

    @cached_property
    def count(self) -> int:
        """Up to one more than are counted."""
        some = self._query.with_only_columns(Card.id).limit(MOST_COUNTED + 1).subquery()
        return db.session.scalar(select(func.count()).select_from(some)) or 0

    @property
    def count_words(self) -> str:
        return f"{MOST_COUNTED:,}+" if self.count > MOST_COUNTED else f"{self.count:,}"

    @property
    def more_url(self) -> str | None:
        if len(self.cards) < FIRST:
            return None
        return url_for("allcards.index", after=self.after + FIRST, **self.found.asked)

    @property
    def _query(self) -> Select[Card]:
        """Cards that rest or are done only where they are asked for. The others lie in one index for the space."""
        asked = self.found.filter.asked
        cards = select(Card).where(visible(Card, self.actor), *self.found.conditions)
        if any(name in asked for name in PLACED):
            return cards
        return cards.where(Card.awake, Card.account_id == self.actor.account_id)


@bp.get("/cards")
def index() -> ResponseReturnValue:
    asked = Filter.read(request.args)
    found = Narrowing(asked, asked.conditions(current_user), request.args.get("view", ""))
    after = min(max(0, request.args.get("after", 0, type=int)), MOST_AFTER)
    cards = AllCards(current_user, found, after)
    if from_htmx() and after:
        return render_template("cards/_more.html", cards=cards)
    return render_template("cards/index.html", cards=cards, bar=_bar(found))


def _bar(found: Narrowing) -> FilterBar:
    boards = db.session.scalars(current_user.boards).all()
    people = current_account.people
    return FilterBar(found, current_user, action=url_for("allcards.index"), people=people, boards=boards)
