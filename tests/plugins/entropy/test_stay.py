"""Cards that stay awake: no sweep takes them, nobody is warned of them, and their story says who asked for it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from host import Board, Card, Event, User, db, now
from plugins.entropy import badges, preview, soon, soon_on_board, sweep
from plugins.entropy.clock import clocks_of
from plugins.entropy.groups import groups
from plugins.entropy.life import life_of
from plugins.entropy.period import Period
from plugins.entropy.stay import Stay, may_rest_again, stay


@pytest.fixture
def kept(board, owner, aged):
    """A card that would have rested long ago, had Ada not asked that it stay awake."""
    card = aged(board, days=40)
    stay(card, owner)
    db.session.commit()
    return card


def test_no_sweep_takes_it(kept, board, aged, places):
    other = aged(board, days=40)
    assert sweep.run() == "rested 1 card on 1 board"
    assert places(kept, other) == ["maybe", "not_now"]


def test_it_is_neither_due_nor_soon_anywhere(kept, board, owner):
    assert preview.due() == []
    assert db.session.scalars(soon.on_board(board)).all() == []
    assert db.session.scalars(select(Card).where(soon.for_person("1", owner))).all() == []
    assert soon_on_board.banner(board) is None


def test_it_has_a_quiet_sign_and_no_ring(kept):
    (sign,) = badges.for_cards([kept])[kept.id]
    assert sign.template == "entropy/stays.html"
    assert life_of(kept, Period(), kept.last_active_at) is not None  # what the ring would have shown


def test_it_is_no_activity(kept, owner):
    assert now() - kept.last_active_at > timedelta(days=39)
    may_rest_again(kept, owner)
    assert now() - kept.last_active_at > timedelta(days=39)


def test_it_may_rest_again_with_the_age_that_it_has(kept, owner, places):
    may_rest_again(kept, owner)
    db.session.commit()
    sweep.run()
    assert places(kept) == ["not_now"]


def test_asking_twice_changes_and_tells_nothing_more(kept, owner, member):
    stay(kept, member)
    assert Stay.of(kept).creator is owner
    may_rest_again(kept, member)
    may_rest_again(kept, member)
    kinds = db.session.scalars(select(Event.kind).where(Event.kind.startswith("entropy.")).order_by(Event.id)).all()
    assert kinds == ["entropy.card_stays", "entropy.card_may_rest"]


def test_a_resting_card_wakes_to_stay_awake(board, owner, aged, places):
    card = aged(board, days=40)
    card.postpone(owner)
    stay(card, owner)
    db.session.commit()
    assert places(card) == ["maybe"]
    assert clocks_of([card])[card.id].stays


def test_one_that_is_done_stays_done(board, owner, aged, places):
    card = aged(board, days=40)
    card.close(owner)
    stay(card, owner)
    assert places(card) == ["done"]


def test_it_outlives_the_person_and_goes_with_the_card(board, aged, account):
    guest = User.join(account, name="Guest", email=None)
    card = aged(board, days=1)
    stay(card, guest)
    db.session.delete(guest)
    db.session.commit()
    assert Stay.of(card).creator_id is None
    card.delete(by=account.owner)
    db.session.commit()
    assert db.session.scalars(select(Stay)).all() == []


def test_the_clause_goes_by_two_indexes(kept, board, statements, plan):
    (group,) = groups(Board.id == board.id)
    with statements() as seen:
        db.session.execute(select(Card.id).where(group.due(now())))
    found = plan(*seen[0])
    assert "ix_card_awake" in found
    assert "SCAN entropy_stay" not in found
    assert "Seq Scan on entropy_stay" not in found


class TestPage:
    pytestmark = pytest.mark.sqlite_only("a page is the same on either database; what lies below is tested on both")

    def test_the_foot_offers_it_and_takes_it_back(self, client, board, aged):
        card = aged(board, days=29)
        address = f"/entropy/cards/{card.number}/stay"
        assert f'action="{address}"' in client.get(f"/cards/{card.number}").text
        answer = client.post(address)
        assert (answer.status_code, answer.location) == (303, f"/cards/{card.number}")
        html = client.get(f"/cards/{card.number}").text
        assert "Stays awake" in html
        assert "No sweep takes it. Ada Field asked for that, " in html
        assert "Ada Field lets this stay awake" in html
        assert "stays awake" in client.get(f"/boards/{board.id}").text
        assert client.post(f"{address}/delete").status_code == 303
        html = client.get(f"/cards/{card.number}").text
        assert "Ada Field lets this rest again" in html
        assert "29 of 30 days gone by" in html

    def test_a_card_that_one_may_not_see_is_not_there(self, client, member):
        hidden = Board.create("Bens own", by=member, all_access=False).add_card("Secret", by=member)
        db.session.commit()
        for address in ("stay", "stay/delete", "waking", "waking/delete"):
            assert client.post(f"/entropy/cards/{hidden.number}/{address}").status_code == 404
        assert Stay.of(hidden) is None


class TestApi:
    def test_anybody_who_sees_the_card_may(self, ben, board, aged, member):
        card = aged(board, days=1)
        address = f"/cards/{card.number}/stay"
        nobody = {"stays": False, "at": None, "creator_id": None}
        assert ben("GET", address).json == nobody
        answer = ben("PUT", address)
        assert (answer.status_code, answer.json["stays"], answer.json["creator_id"]) == (200, True, member.id)
        assert ben("GET", address).json == answer.json
        assert ben("DELETE", address).status_code == 204
        assert ben("DELETE", address).status_code == 204
        assert ben("GET", address).json == nobody

    def test_no_card_no_answer(self, ask):
        assert ask("PUT", "/cards/999/stay").status_code == 404
