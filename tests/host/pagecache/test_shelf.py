"""What is kept stays within its room, and goes when it is of no more use."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from host.pagecache.answer import LARGEST, Answer
from host.pagecache.shelf import KEPT, MOST, ROOM, Kept, Shelf

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def answer(size=10):
    made = Answer()
    made.size = size
    return made


@pytest.fixture
def shelf():
    found = Shelf()
    found.turn_to("a state", BEGIN)
    return found


def put(shelf, key, size=10, after=timedelta()):
    shelf.put(key, Kept(answer(size), BEGIN + after))


def held(shelf, keys, at=BEGIN):
    return [key for key in keys if shelf.find(key, at)]


def test_another_state_leaves_nothing(shelf):
    put(shelf, "one")
    shelf.turn_to("another state", BEGIN)
    assert (held(shelf, ["one"]), shelf.size) == ([], 0)


def test_what_is_old_goes_though_nobody_asks_for_it(shelf):
    put(shelf, "one")
    put(shelf, "two", after=KEPT / 2)
    shelf.turn_to("a state", BEGIN + KEPT)
    assert shelf.size == 10
    assert held(shelf, ["one", "two"], BEGIN + KEPT) == ["two"]


def test_one_that_took_long_is_as_old_as_its_request(shelf):
    put(shelf, "quick", after=KEPT / 2)
    put(shelf, "slow")
    shelf.turn_to("a state", BEGIN + KEPT)
    assert held(shelf, ["quick", "slow"], BEGIN + KEPT) == ["quick"]


def test_the_newest_of_many_are_kept(shelf):
    for number in range(MOST + 3):
        put(shelf, number)
    assert held(shelf, range(MOST + 3)) == list(range(3, MOST + 3))
    assert shelf.size == MOST * 10


def test_the_newest_of_large_ones_are_kept(shelf):
    for number in range(5):
        put(shelf, number, size=ROOM // 3)
    assert held(shelf, range(5)) == [2, 3, 4]
    assert shelf.size <= ROOM


def test_the_same_again_takes_no_more_room(shelf):
    for _time in range(3):
        put(shelf, "one")
    assert shelf.size == 10


@pytest.mark.parametrize(("size", "is_kept"), [(LARGEST, True), (LARGEST + 1, False)])
def test_what_is_too_large_is_passed_on_and_not_kept(size, is_kept):
    sent, kept, large = [], [], Answer()
    large.reusable = True

    async def send(message):
        sent.append(message)

    async def story():
        heard = large.heard(send, then=lambda: kept.append(True))
        await heard({"type": "http.response.start", "status": 200, "headers": []})
        await heard({"type": "http.response.body", "body": b"." * (size - 1), "more_body": True})
        await heard({"type": "http.response.body", "body": b"."})
        if kept:
            await large.give(send)

    asyncio.run(story())
    assert len(sent) == (5 if is_kept else 3)
    assert bool(kept) is is_kept
