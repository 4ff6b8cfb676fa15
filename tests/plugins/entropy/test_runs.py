"""What a sweep did is written down, can be undone once, and is forgotten after a while."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from host import Account, Board, Card, Event, Fault, Job, NotFound, Place, clear, db, now, retention_rules
from host.jobs import clearing
from host.models.card.consistency import misplaced
from plugins.entropy import preview, run, sweep
from plugins.entropy.models import AccountEntropy, BoardEntropy
from plugins.entropy.respite import Respite
from plugins.entropy.rested import Rested
from plugins.entropy.run import Run

from .conftest import DAY


@pytest.fixture
def swept():
    """`swept()`: the run of a sweep made now, of the space that was opened first."""

    def make():
        sweep.run()
        return db.session.scalars(select(Run).order_by(Run.id.desc())).first()

    return make


@pytest.fixture
def undo(owner):
    """`undo(run)` as Ada, and committed."""

    def take_back(found, by=None):
        found.undo(by or owner)
        db.session.commit()
        db.session.expire_all()

    return take_back


def test_a_sweep_writes_down_each_card_where_it_lay_and_since_when(board, aged, swept):
    column = board.columns[0]
    maybe, working = aged(board, days=40), aged(board, column=column, days=31)
    lay = {card.id: (card.column_id, card.last_active_at) for card in (maybe, working)}
    found = swept()
    assert (found.cards, found.undone_at, found.put_back) == (2, None, 0)
    rows = db.session.scalars(select(Rested).filter_by(run_id=found.id))
    assert {row.card_id: (row.column_id, row.last_active_at) for row in rows} == lay
    assert maybe.last_active_at == working.last_active_at == found.at == maybe.postponement.at


def test_each_space_has_a_run_of_its_own_and_none_where_nothing_rested(board, aged):
    for name in ("Elsewhere", "Nowhere"):
        stranger = Account.open(name, owner_name="Eve", email=f"{name}@example.org")
        theirs = Board.create("Theirs", by=stranger)
        aged(theirs, days=31 if name == "Elsewhere" else 1)
    aged(board, 2, days=31)
    sweep.run()
    assert db.session.scalars(select(Run.cards).order_by(Run.account_id)).all() == [2, 1]
    sweep.run()
    assert db.session.scalar(select(func.count()).select_from(Run)) == 2


def test_a_run_of_several_periods_and_batches_is_one(board, other_board, aged, swept, batches_of):
    batches_of(2)
    BoardEntropy.choose(other_board, 60)
    aged(board, 5, days=31)
    aged(other_board, 3, days=1)
    found = swept()
    assert found.cards == db.session.scalar(select(func.count()).select_from(Rested)) == 8


def test_undo_puts_a_card_back_with_its_column_and_its_age(board, owner, aged, swept, undo):
    maybe, working = aged(board, days=40), aged(board, column=board.columns[1], days=31)
    ages = [card.last_active_at for card in (maybe, working)]
    found = swept()
    undo(found)
    assert [card.last_active_at for card in (maybe, working)] == ages
    assert (maybe.place, maybe.column, maybe.postponement) == (Place.MAYBE, None, None)
    assert (working.place, working.column, working.postponement) == (Place.COLUMN, board.columns[1], None)
    assert (found.put_back, found.undone_by) == (2, owner)
    assert db.session.scalars(misplaced()).all() == []


def test_undo_is_in_the_cards_story_and_is_no_activity(board, owner, aged, swept, undo):
    card = aged(board, days=40)
    undo(swept())
    event = db.session.scalars(select(Event).filter_by(kind="card_put_back")).one()
    assert (event.card_id, event.board_id, event.account_id) == (card.id, board.id, board.account_id)
    assert (event.creator_id, event.automatic, event.particulars) == (owner.id, False, {})
    assert card.last_active_at < event.at


def test_what_somebody_touched_since_is_left(board, other_board, owner, aged, swept, undo, places):
    names = ("untouched", "woken", "closed", "commented", "moved", "kept asleep", "deleted")
    cards = dict(zip(names, aged(board, len(names), days=40), strict=True))
    found = swept()
    cards["woken"].triage_into(board.columns[0], owner)
    cards["closed"].close(owner)
    cards["commented"].comment("Not now, indeed", owner)
    cards["moved"].move_to(other_board, owner)
    cards["kept asleep"].triage_into(board.columns[0], owner)
    cards["kept asleep"].postpone(owner)
    cards["deleted"].delete(by=owner)
    db.session.commit()
    undo(found)
    left = [cards[name] for name in names[:-1]]
    assert places(*left) == ["maybe", "column", "done", "not_now", "not_now", "not_now"]
    assert found.put_back == 1
    assert db.session.scalars(misplaced()).all() == []


def test_a_card_that_a_later_sweep_rested_is_that_ones(board, owner, aged, swept, undo, places, travel):
    card = aged(board, days=40)
    first = swept()
    card.triage_into(board.columns[0], owner)
    db.session.commit()
    travel(days=31)
    second = swept()
    undo(first)
    assert (places(card), first.put_back) == (["not_now"], 0)
    undo(second)
    assert places(card) == ["column"]


def test_without_its_column_a_card_goes_back_to_maybe(board, owner, aged, swept, undo, places):
    card = aged(board, column=board.columns[0], days=40)
    found = swept()
    board.columns[0].delete(by=owner)
    db.session.commit()
    undo(found)
    assert places(card) == ["maybe"]


def test_what_edits_and_tags_did_to_a_resting_card_is_kept(board, owner, aged, swept, undo, places):
    card = aged(board, days=40)
    found = swept()
    card.gild(owner)
    db.session.commit()
    undo(found)
    assert places(card) == ["maybe"]
    assert card.goldness


def test_a_run_is_undone_once(board, aged, owner, swept, undo):
    card = aged(board, days=40)
    found = swept()
    undo(found)
    with pytest.raises(Fault, match="has been undone before") as raised:
        found.undo(owner)
    assert raised.value.status == 409
    db.session.rollback()
    assert db.session.scalars(select(Event.kind).filter_by(card_id=card.id, kind="card_put_back")).all() != []
    assert found.put_back == 1


def test_the_next_sweep_does_not_undo_the_undo(board, aged, swept, undo, places, travel):
    card = aged(board, days=40)
    undo(swept())
    travel(hours=1)
    assert preview.due() == []
    assert sweep.run() == "nothing to rest"
    travel(days=29, hours=22)
    assert sweep.run() == "nothing to rest"
    travel(hours=2)
    assert sweep.run() == "rested 1 card on 1 board"
    assert places(card) == ["not_now"]


def test_a_respite_is_one_period_as_it_is_now_and_ends_with_a_touch(account, board, owner, aged, swept, undo, travel):
    kept, left = aged(board, 2, days=40)
    undo(swept())
    AccountEntropy.choose(account, 7 * DAY)
    kept.keep(owner)
    db.session.commit()
    travel(days=6)
    kept.comment("Still on it", owner)
    db.session.commit()
    travel(days=2)
    assert sweep.run() == "rested 1 card on 1 board"
    assert (left.place, kept.place) == (Place.NOT_NOW, Place.MAYBE)


def test_an_undo_can_be_followed_by_another(board, aged, swept, undo, places, travel):
    card = aged(board, days=40)
    undo(swept())
    travel(days=31)
    undo(swept())
    assert places(card) == ["maybe"]
    assert sweep.run() == "nothing to rest"


def test_many_cards_go_back_by_and_by_in_a_job(board, aged, swept, undo, drain_jobs, monkeypatch):
    monkeypatch.setattr(run, "AT_ONCE", 3)
    cards = aged(board, 10, days=40)
    found = swept()
    undo(found)
    assert found.put_back == 3
    drain_jobs()
    db.session.expire_all()
    assert found.put_back == 10
    assert {card.place for card in cards} == {Place.MAYBE}
    assert "10 cards put back" in db.session.scalars(select(Job.summary).filter_by(task="entropy.put_back")).one()


def test_a_job_that_is_tried_again_puts_nothing_back_twice(board, aged, swept, undo, monkeypatch):
    monkeypatch.setattr(run, "AT_ONCE", 2)
    aged(board, 5, days=40)
    found = swept()
    undo(found)
    for _attempt in range(2):
        run.put_back.run(run_id=found.id, after=0)
    db.session.expire_all()
    assert found.put_back == 5
    assert db.session.scalar(select(func.count()).select_from(Event).filter_by(kind="card_put_back")) == 5


def test_the_job_of_a_run_that_is_forgotten_ends(app):
    assert run.put_back.run(run_id=99, after=0) == "0 cards put back"


def test_a_sweep_that_is_undone_while_it_goes_on_stops(board, aged, owner, batches_of, elsewhere, monkeypatch):
    batches_of(2)
    cards = aged(board, 6, days=40)
    owner_id, original = owner.id, sweep.checkpoint
    db.session.commit()

    def somebody_undoes():
        found = db.session.scalars(select(Run)).one()
        if found.undone_at is None:
            found.undo(db.session.get_one(type(owner), owner_id))
        db.session.commit()

    def checkpoint(**how):
        original(**how)
        elsewhere(somebody_undoes)

    monkeypatch.setattr(sweep, "checkpoint", checkpoint)
    assert sweep.run() == "rested 2 cards on 1 board"
    db.session.expire_all()
    assert {card.place for card in cards} == {Place.MAYBE}
    assert db.session.scalars(select(Run.cards)).all() == [2]


def test_runs_are_found_in_their_own_space_only(account, board, aged, swept):
    aged(board, days=40)
    found = swept()
    stranger = Account.open("Elsewhere", owner_name="Eve", email="eve@example.org")
    assert Run.of(account, found.id) is found
    for space, number in ((stranger.account, found.id), (account, found.id + 1)):
        with pytest.raises(NotFound, match="no such sweep"):
            Run.of(space, number)


def followed(key):
    """How many went by this rule; just as many as it promised."""
    rule = retention_rules()[key]
    before = now() - timedelta(days=rule.days or 0)
    promised = rule.leftovers.count(before)
    assert clear(rule.leftovers, before) == promised
    return promised


def test_old_runs_are_forgotten_and_newer_ones_kept(board, aged, swept, travel, batches_of, monkeypatch):
    batches_of(2)
    monkeypatch.setattr(clearing, "CHOSEN", 3)
    aged(board, 5, days=40)
    old = swept().id
    travel(days=29)
    aged(board, days=40)
    new = swept().id
    assert followed("entropy.runs") == 0
    travel(days=2)
    assert followed("entropy.runs") == 1
    assert db.session.scalars(select(Run.id)).all() == [new]
    assert set(db.session.scalars(select(Rested.run_id))) == {new}
    assert old != new


def test_a_respite_outlives_its_run_until_the_card_is_touched(account, board, owner, aged, swept, undo, travel):
    AccountEntropy.choose(account, 365 * DAY)
    kept, left = aged(board, 2, days=400)
    undo(swept())
    travel(days=60)
    kept.keep(owner)
    db.session.commit()
    assert followed("entropy.respites") == 1
    assert db.session.scalars(select(Respite.card_id)).all() == [left.id]
    assert sweep.run() == "nothing to rest"


def test_a_deleted_card_and_a_deleted_space_leave_nothing(board, owner, aged, swept, undo):
    gone, other = aged(board, 2, days=40)
    undo(swept())
    gone.delete(by=owner)
    db.session.commit()
    assert db.session.scalars(select(Rested.card_id)).all() == [other.id]
    assert db.session.scalars(select(Respite.card_id)).all() == [other.id]


def test_an_undo_takes_no_more_statements_for_many(board, aged, swept, statements, owner):
    aged(board, days=40)
    one = swept()
    with statements() as for_one:
        one.undo(owner)
    db.session.commit()
    aged(board, 60, days=40)
    many = swept()
    with statements() as for_many:
        many.undo(owner)
    assert len(for_many) == len(for_one)


def test_an_undo_finds_its_cards_by_their_keys(database, board, aged, swept, statements, plan, owner):
    aged(board, 3, days=40)
    found = swept()
    with statements() as seen:
        found.undo(owner)
    scans = ("SCAN card", "SCAN entropy_rested", "SCAN postponement", "Seq Scan on card", "Seq Scan on entropy_rested")
    asked = [each for each in seen if each[0].split()[0] in ("SELECT", "UPDATE", "DELETE", "INSERT")]
    assert len(asked) > 8
    for sql, parameters in asked:
        assert not [scan for scan in scans if scan in plan(sql, parameters)], sql


def test_a_card_of_a_respite_is_not_soon_before_three_quarters_of_it(board, aged, swept, undo, travel):
    from plugins.entropy import soon

    card = aged(board, days=40)
    undo(swept())
    travel(days=22)
    assert db.session.scalars(soon.on_board(board)).all() == []
    travel(days=1)
    assert db.session.scalars(soon.on_board(board)).all() == [card]
    assert card.last_active_at < now() - timedelta(days=60)
    assert db.session.scalar(select(func.count()).select_from(Card)) == 1


def test_what_is_said_of_a_card_with_a_respite_is_what_will_happen(client, ask, board, aged, swept, undo, travel):
    card = aged(board, days=40)
    undo(swept())
    travel(days=24)
    (found,) = ask("GET", f"/boards/{board.id}/postponing_soon").json
    assert (found["due"], found["last_active_at"]) == (False, card.last_active_at.isoformat())
    for page in (f"/boards/{board.id}", f"/cards/{card.number}"):
        html = client.get(page).text.lower()
        assert "rests in 6 days" in html
        assert "rests at the next sweep" not in html
    travel(days=6)
    assert ask("GET", f"/boards/{board.id}/postponing_soon").json[0]["due"]
    assert sweep.run() == "rested 1 card on 1 board"
