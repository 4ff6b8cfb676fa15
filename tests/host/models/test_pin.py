"""Cards that a person keeps at hand."""

from host.db import db
from host.models import Pin


def pinned(person, most=20):
    return [card.number for card in db.session.scalars(Pin.cards(person, most))]


def test_they_are_ones_own_the_newest_first_and_no_activity(board, card, owner, member, log, travel):
    second = board.add_card("Second")
    touched = card.last_active_at
    for each in (card, second, card):
        Pin.put(each, owner)
        travel(minutes=1)
    db.session.commit()
    assert (pinned(owner), pinned(owner, 1), pinned(member)) == ([second.number, card.number], [second.number], [])
    assert (Pin.on(card, owner), Pin.on(card, member)) == (True, False)
    assert (card.last_active_at, log(card)) == (touched, [])
    Pin.take(card, owner)
    Pin.take(card, owner)
    assert pinned(owner) == [second.number]


def test_what_one_sees_no_more_is_not_listed(board, card, owner, member):
    second = board.add_card("Second")
    for each in (card, second):
        Pin.put(each, member)
    second.remove(owner)
    assert pinned(member) == [card.number]
    board.revoke([member], by=owner)
    assert pinned(member) == []
