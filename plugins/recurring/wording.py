"""The words of a run: the original's or one of its variations, so that a repeat is not refused, with what changes from
run to run filled in."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plugins.recurring.recurrence import Order

NUMBER, DAY, LINK = "{n}", "{date}", "{link}"  # what is filled in
ORIGINAL = 0  # the number of its own words among the variations


@dataclass(frozen=True)
class Wording:
    """`version` is its number among the variations; `fresh` is false where each of them is much like what was said
    lately."""

    texts: Sequence[str]
    version: int
    fresh: bool = True


def chosen(order: Order, original: Sequence[str], stale: Callable[[Sequence[str]], bool]) -> Wording:
    """The next that was not said lately: in turn, or in a shuffled order, never the last one again where there is
    another."""
    versions = [original, *order.options.get("variations", ())]
    candidates = [Wording(versions[number], number) for number in _in_order(order, len(versions))]
    if len(candidates) == 1:
        return candidates[0]
    fresh = next((each for each in candidates if not stale(each.texts)), None)
    return fresh or Wording(candidates[0].texts, candidates[0].version, fresh=False)


def filled(text: str, order: Order, link: str) -> str:
    """`{n}` is the number of the run, `{date}` its day, `{link}` where it was published last. What else stands in
    braces is left alone."""
    day = f"{order.occurrence.astimezone(order.zone):%d %B %Y}".lstrip("0")
    for name, value in ((NUMBER, str(order.number)), (DAY, day), (LINK, link)):
        text = text.replace(name, value)
    return text


def _in_order(order: Order, count: int) -> list[int]:
    last = order.last_version
    if order.options.get("shuffle"):
        numbers = list(range(count))
        random.Random(f"{order.queue_id} {order.number}").shuffle(numbers)  # noqa: S311 -- no secret; a retry says the same
        return [*(each for each in numbers if each != last), *(each for each in numbers if each == last)]
    first = ORIGINAL if last is None else last + 1
    return [(first + step) % count for step in range(count)]
