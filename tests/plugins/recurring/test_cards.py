"""Cards that come round again: a fresh copy each time, in its column."""

from datetime import timedelta

import pytest

from host import Access, Board, Card, Place, db
from plugins.recurring.changing import create
from plugins.recurring.kinds import kind_of
from plugins.recurring.queue import Status
from plugins.recurring.run import Run


@pytest.fixture
def card(board, owner, member):
    """Ada's, with all that a card may have."""
    card = board.add_card("Weekly report", by=owner, description="Who, what, when.", column=board.columns[0])
    card.add_step("Ask everybody", done=True)
    card.add_step("Write it")
    card.tag("report")
    card.assign(member, owner)
    card.comment("Last week's was late.", owner)
    db.session.commit()
    return card


@pytest.fixture
def repeat(card, owner, plan):
    """`repeat(column=…, by=ben)`: a queue of it."""

    def made(column=None, by=owner, **more):
        queue = create("card", card.number, plan(options={"column": column and column.id}, **more), by)
        db.session.commit()
        return queue

    return made


@pytest.fixture
def copies(card):
    """Those beside the original, the earliest first."""

    def found():
        db.session.expire_all()
        return list(db.session.scalars(db.select(Card).where(Card.id != card.id).order_by(Card.id)))

    return found


def test_each_run_makes_a_fresh_copy_in_its_column(repeat, card, board, owner, member, copies, sweep, travel):
    queue = repeat(board.columns[1], every=7)
    travel(hours=1)
    assert sweep() == "1 runs: 1 made"
    [copy] = copies()
    assert (copy.title, copy.description, copy.board, copy.column) == (
        "Weekly report",
        "Who, what, when.",
        board,
        board.columns[1],
    )
    assert [(step.text, step.done) for step in copy.steps] == [("Ask everybody", False), ("Write it", False)]
    assert ([tag.title for tag in copy.tags], list(copy.assignees)) == (["report"], [member])
    assert (list(copy.comments), copy.creator, copy.number != card.number) == ([], owner, True)
    [run] = Run.of(queue)
    assert (run.made_id, run.number, run.said) == (copy.id, 1, ["Weekly report"])
    travel(days=7)
    sweep()
    assert len(copies()) == 2


def test_without_a_column_it_waits_in_maybe(repeat, copies, sweep, travel):
    repeat()
    travel(hours=1)
    sweep()
    assert [copy.place for copy in copies()] == [Place.MAYBE]


def test_a_column_that_is_gone_is_told(repeat, board, copies, sweep, travel):
    queue = repeat(board.columns[1])
    db.session.delete(board.columns[1])
    db.session.commit()
    travel(hours=1)
    sweep()
    assert [copy.place for copy in copies()] == [Place.MAYBE]
    assert Run.of(queue)[0].why == "Its column is gone, so it is in Maybe?."


def test_what_became_of_a_copy_leads_to_it(repeat, copies, sweep, travel, owner):
    repeat()
    travel(hours=1)
    sweep()
    [copy] = copies()
    fate = kind_of("card").fates([copy.id], owner)[copy.id]
    assert (fate.words, fate.url) == (f"Card {copy.number}", f"/cards/{copy.number}")


def test_what_became_of_a_copy_is_hidden_from_who_does_not_see_its_board(repeat, board, owner, member, sweep, travel):
    queue = repeat()
    travel(days=1)
    sweep()
    run, kind = Run.last_made(queue), kind_of("card")
    assert kind.fates([run.made_id], member)
    board.revoke([member], by=owner)
    db.session.commit()
    assert kind.fates([run.made_id], member) == {}


def test_a_deleted_card_ends_its_queues_and_no_others(repeat, card, board, owner, plan, drain_jobs):
    other = board.add_card("Monthly report", by=owner)
    kept = create("card", other.number, plan(), owner)
    queue = repeat()
    card.delete(by=owner)
    db.session.commit()
    drain_jobs()
    db.session.expire_all()
    assert (queue.status, queue.reason) == (Status.COMPLETED, "What it repeats was deleted.")
    assert kept.status is Status.ACTIVE


def test_of_two_spaces_a_card_by_the_same_number_is_another(repeat, card, owner, stranger, plan, drain_jobs):
    theirs = Board.create("Quarry", by=stranger)
    first, second = (theirs.add_card(title, by=stranger) for title in ("One", "Two"))
    kept = create("card", first.number, plan(options={}), stranger)
    mine = repeat()
    assert (first.number, card.number) == (1, 1)
    card.delete(by=owner)
    second.delete(by=stranger)
    db.session.commit()
    drain_jobs()
    db.session.expire_all()
    assert (mine.status, kept.status) == (Status.COMPLETED, Status.ACTIVE)


def test_a_deleted_card_completes_its_queue(repeat, card, owner, copies, sweep, travel):
    queue = repeat()
    card.delete(by=owner)
    db.session.commit()
    travel(hours=1)
    assert sweep() == "1 runs: 0 made, 1 skipped"
    db.session.expire_all()
    assert (queue.status, queue.reason) == (Status.COMPLETED, "What it repeats was deleted.")


def test_another_card_that_got_its_id_is_not_repeated_in_its_place(repeat, card, board, owner, copies, sweep, travel):
    queue = repeat()
    card.delete(by=owner)
    db.session.flush()
    other = board.add_card("Something else", by=owner)
    db.session.flush()
    queue.original_id = other.id  # as with SQLite, which gives the id of the last one again
    db.session.commit()
    travel(hours=1)
    sweep()
    db.session.expire_all()
    assert queue.status is Status.COMPLETED
    assert [each.title for each in db.session.scalars(db.select(Card))] == ["Something else"]


def test_who_no_longer_sees_the_board_gets_none(repeat, board, member, copies, sweep, travel):
    queue = repeat(by=member)
    board.all_access = False
    db.session.execute(db.delete(Access).where(Access.board_id == board.id, Access.user_id == member.id))
    db.session.commit()
    travel(hours=1)
    assert sweep() == "1 runs: 0 made, 1 skipped"
    db.session.expire_all()
    assert (queue.status, queue.attention, copies()) == (Status.ACTIVE, "Ben Hollow no longer sees its board.", [])


def test_who_has_left_is_not_given_the_copy(repeat, member, copies, sweep, travel):
    repeat()
    member.active = False
    db.session.commit()
    travel(hours=1)
    sweep()
    assert [list(copy.assignees) for copy in copies()] == [[]]


def test_it_is_told_of_by_the_board_as_any_new_card(repeat, owner, copies, sweep, travel):
    repeat()
    travel(hours=1)
    sweep()
    [copy] = copies()
    assert copy.last_active_at - copy.created_at < timedelta(seconds=1)
    assert owner.card(copy.number) == copy


def test_what_may_be_chosen_is_what_one_sees(card, owner, member):
    closed = Board.create("Secret", by=member, all_access=False, columns=[])
    secret = closed.add_card("Secret", by=member)
    db.session.commit()
    kind = kind_of("card")
    assert kind.choices(owner) == [(card.number, f"Weekly report ({card.number})")]
    assert {number for number, _title in kind.choices(member)} == {card.number, secret.number}
    assert set(kind.originals([card.id, secret.id], owner)) == {card.id}
