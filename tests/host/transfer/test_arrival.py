"""Cards that arrive at once are as if the domain methods had made them."""

from datetime import timedelta

import pytest

from host.clock import now
from host.db import db
from host.errors import Invalid
from host.models import Board, Card, Event, Place, Tag, User
from host.models.card.arrival import Arrival, Mark, Remark, arrive
from host.models.card.consistency import misplaced


def newest(board: Board) -> Card:
    return db.session.scalars(db.select(Card).filter_by(board_id=board.id).order_by(Card.id.desc())).first()


def facts(card: Card) -> dict:
    """Everything about a card that does not depend on which card it is."""
    told = db.session.scalars(db.select(Event).filter_by(card_id=card.id).order_by(Event.id))
    return {
        "title": card.title,
        "description": card.description,
        "place": card.place,
        "column": card.column,
        "creator": card.creator,
        "golden": card.golden,
        "steps": [(step.text, step.position, step.done) for step in card.steps],
        "tags": {tag.title for tag in card.tags},
        "assignees": card.assignees,
        "watchers": {user.name for user in card.watchers},
        "comments": [(comment.creator, comment.body) for comment in card.comments],
        "closed by": card.closure and card.closure.creator,
        "rests by": card.postponement and (card.postponement.creator, card.postponement.automatic),
        "told": {(event.kind, event.creator) for event in told} - {("card_assigned", card.creator)},
    }


@pytest.fixture
def whole(board: Board, owner: User, member: User) -> Arrival:
    return Arrival(
        title="Write the launch post",
        description="In *two* languages.",
        creator=owner.id,
        created_at=now(),
        last_active_at=now(),
        column=board.columns[1].id,
        golden=True,
        steps=[("Draft", now()), ("Proofread", None)],
        tags=[Tag.named(owner.account_id, "text").id],
        assignees=[member.id],
        comments=[Remark(member.id, "On it.", now())],
    )


def by_hand(board: Board, owner: User, member: User) -> Card:
    card = board.add_card(
        "Write the launch post", by=owner, description="In *two* languages.", column=board.columns[1]
    )
    card.gild(owner)
    card.add_step("Draft", done=True)
    card.add_step("Proofread")
    card.tag("text")
    card.assign(member, owner)
    card.comment("On it.", member)
    return card


def test_in_a_column(board: Board, owner: User, member: User, whole: Arrival) -> None:
    arrive(board, [whole])
    assert facts(newest(board)) == facts(by_hand(board, owner, member))


def test_in_done(board: Board, owner: User, member: User, whole: Arrival) -> None:
    whole.closed = Mark(now(), member.id)
    arrive(board, [whole])
    arrived = facts(newest(board))
    card = by_hand(board, owner, member)
    card.close(member)
    assert arrived == facts(card)


def test_in_not_now(board: Board, owner: User, member: User, whole: Arrival) -> None:
    whole.resting = Mark(now(), member.id)
    arrive(board, [whole])
    arrived = facts(newest(board))
    card = by_hand(board, owner, member)
    card.postpone(member)
    assert arrived == facts(card)


def test_resting_by_itself_is_marked(board: Board, owner: User, whole: Arrival) -> None:
    whole.resting, whole.rested_by_itself = Mark(now(), owner.id), True
    arrive(board, [whole])
    card = newest(board)
    assert card.postponement.automatic
    event = db.session.scalars(db.select(Event).filter_by(card_id=card.id, kind="card_auto_postponed")).one()
    assert event.automatic


def test_closed_and_resting_is_done(board: Board, owner: User, whole: Arrival) -> None:
    whole.closed = whole.resting = Mark(now(), owner.id)
    arrive(board, [whole])
    assert newest(board).place is Place.DONE
    assert newest(board).postponement is None
    assert db.session.scalars(misplaced()).all() == []


def test_numbers_follow_the_order_and_go_on(board: Board, owner: User) -> None:
    board.add_card("First")
    arrive(board, [Arrival(title, owner.id, now(), now()) for title in ("Second", "Third")])
    board.add_card("Fourth")
    cards = db.session.execute(db.select(Card.number, Card.title).order_by(Card.number)).all()
    assert [tuple(row) for row in cards] == [(1, "First"), (2, "Second"), (3, "Third"), (4, "Fourth")]


def test_none_at_all(board: Board) -> None:
    arrive(board, [])
    assert board.counts().total() == 0


def test_the_log_is_in_order_of_time(board: Board, owner: User) -> None:
    late, early = now(), now() - timedelta(days=9)
    arrive(board, [Arrival("Late", owner.id, late, late), Arrival("Early", owner.id, early, early)])
    times = db.session.scalars(db.select(Event.at).where(Event.kind == "card_published").order_by(Event.id)).all()
    assert times == [early, late]


def test_a_title_that_is_none_is_refused(board: Board, owner: User) -> None:
    with pytest.raises(Invalid):
        arrive(board, [Arrival(" ", owner.id, now(), now())])


def test_misplaced_cards_are_found(board: Board, owner: User) -> None:
    cards = [board.add_card(title, by=owner) for title in ("Maybe", "Done", "Rests", "Column")]
    cards[1].close(owner)
    cards[2].postpone(owner)
    cards[3].triage_into(board.columns[0], owner)
    db.session.flush()
    assert db.session.scalars(misplaced()).all() == []
    for card in cards:
        wrong = Place.DONE if card.place is not Place.DONE else Place.MAYBE
        db.session.execute(db.update(Card).where(Card.id == card.id).values(place=wrong))
    assert set(db.session.scalars(misplaced())) == {card.id for card in cards}
