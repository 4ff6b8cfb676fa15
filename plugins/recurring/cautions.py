"""What the owner of a post's queue should know before it runs: networks that refuse repeats, and what it costs."""

from collections.abc import Iterable
from decimal import Decimal

from host import _
from plugins.publishing import Connection, Post
from plugins.recurring.destinations import wanted
from plugins.recurring.gaps import Gaps
from plugins.recurring.recurrence import Order

NEAR = 30  # days within which the same words are a repeat
STRICT = frozenset({"x", "linkedin"})  # networks that refuse what they have just published


def cautions(post: Post, order: Order, every: float) -> Iterable[str]:
    """A sentence each. `every` is in days."""
    where = [each for each in wanted(post, order) if each.removed_at is None]
    gaps = Gaps.of(post.account_id)
    for connection in where:
        days = gaps.days(connection.platform)
        if days > every:
            told = {"handle": connection.handle, "n": days}
            yield _("%(handle)s gets it every %(n)s days at most, so some runs leave it out.", **told)
    strict = [each.handle for each in where if each.platform in STRICT]
    if strict and every < NEAR and not order.options.get("variations"):
        yield _("%(handles)s may refuse the same words again. Add a variation.", handles=", ".join(strict))
    if sum(each.platform == "x" for each in where) > 1:
        yield _("X forbids the same text on several accounts. Give one of them a post of its own.")
    price = sum((_price(post, each) for each in where), Decimal(0))
    if price:
        yield _cost(price, order)


def _cost(price: Decimal, order: Order) -> str:
    each = _("Each run costs about $%(sum)s.", sum=f"{price:f}")
    left = order.most - order.number + 1 if order.most else 0
    return _("%(each)s All that are left: $%(sum)s.", each=each, sum=f"{price * left:f}") if left > 1 else each


def _price(post: Post, connection: Connection) -> Decimal:
    network = connection.network
    if network is None:
        return Decimal(0)
    return sum((network.cost(text) or Decimal(0) for text in post.texts_for(connection.platform)), Decimal(0))
