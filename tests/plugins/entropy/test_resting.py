"""Not now: why and since when each card rests."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from host import Event, User, db, local_time, now, short_day
from plugins.entropy import badges, sweep
from plugins.entropy.models import BoardEntropy
from plugins.entropy.resting import Rest, rests_of
from plugins.entropy.waking import wake_on

AT = datetime(2026, 11, 9, 12, tzinfo=UTC)


def words(card):
    return rests_of([card])[card.id].words


def test_what_rested_by_itself_says_after_how_long(board, aged):
    card = aged(board, days=30, minutes=40)
    sweep.run()
    assert words(card) == f"Rested by itself, {short_day(now())}, after 30 days untouched"


def test_a_short_time_is_said_in_its_own_unit(board, aged):
    BoardEntropy.choose(board, 60)
    card = aged(board, seconds=95)
    sweep.run()
    assert words(card) == f"Rested by itself, {short_day(now())}, after 1 minute untouched"


def test_what_somebody_put_there_says_who(board, member, aged, travel):
    card = aged(board, days=3)
    card.postpone(member)
    rested = now()
    travel(hours=40)
    assert words(card) == f"Put to rest by Ben Hollow, {short_day(rested)}"


def test_somebody_who_is_gone_is_the_system(board, account, aged):
    guest = User.join(account, name="Guest", email=None)
    card = aged(board, days=3)
    card.postpone(guest)
    db.session.delete(guest)
    db.session.commit()
    assert words(card) == f"Put to rest by System, {short_day(now())}"


def test_without_its_event_the_time_is_left_out(board, aged):
    card = aged(board, days=31)
    sweep.run()
    db.session.execute(update(Event).values(particulars={}))
    assert words(card) == f"Rested by itself, {short_day(now())}"


def test_a_card_that_rested_twice_tells_of_the_last_time(board, owner, aged, travel):
    card = aged(board, days=90)
    sweep.run()
    card.send_back_to_triage(owner)
    db.session.commit()
    travel(days=31)
    sweep.run()
    assert words(card).endswith("after 31 days untouched")


def test_only_resting_cards_are_told_of(board, owner, aged):
    awake, done = aged(board, 2, days=1)
    done.close(owner)
    assert rests_of([awake, done]) == rests_of([]) == {}


@pytest.mark.parametrize(
    ("rest", "short"),
    [
        (Rest(AT, None), "by itself, 9 Nov"),
        (Rest(AT, "Ines"), "Ines, 9 Nov"),
        (Rest(AT, "Ines", wakes_at=AT + timedelta(days=3)), "wakes 12 Nov"),
    ],
)
def test_a_card_has_room_for_a_few_words(travel, rest, short):
    travel(seconds=(AT - now()).total_seconds())
    assert rest.short == short


class TestPage:
    pytestmark = pytest.mark.sqlite_only("a page is the same on either database; what lies below is tested on both")

    def test_the_card_in_not_now_says_why_in_short_and_in_full(self, client, board, aged):
        aged(board, days=31)
        sweep.run()
        html = client.get(f"/boards/{board.id}/columns/not_now/cards").text
        assert f">by itself, {short_day(now())}<" in html
        assert f'title="Rested by itself, {short_day(now())}, after 31 days untouched"' in html

    def test_its_page_says_why_and_offers_ways_out(self, client, board, owner, aged):
        card = aged(board, days=31)
        sweep.run()
        html = client.get(f"/cards/{card.number}").text
        assert "after 31 days untouched" in html
        for action in ("/cards/{}/triage/delete", "/entropy/cards/{}/stay", "/entropy/cards/{}/waking"):
            assert f'action="{action.format(card.number)}"' in html
        wake_on(card, local_time(now()).date() + timedelta(days=3), owner)
        db.session.commit()
        assert f"Wakes {short_day(now() + timedelta(days=3))}." in client.get(f"/cards/{card.number}").text

    def test_a_name_is_escaped(self, client, board, owner, aged):
        card = aged(board, days=1)
        owner.name = "<b>Ada</b>"
        card.postpone(owner)
        db.session.commit()
        for page in (f"/boards/{board.id}/columns/not_now/cards", f"/cards/{card.number}"):
            html = client.get(page).text
            assert "<b>Ada</b>" not in html
            assert "&lt;b&gt;Ada&lt;/b&gt;, " in html

    def test_a_wide_board_asks_once(self, board, owner, aged, statements):
        cards = aged(board, 30, days=31)
        sweep.run()
        for card in cards:
            db.session.refresh(card)
        with statements() as seen:
            assert len(badges.for_cards(cards)) == 30
        assert len(seen) == 1
