"""The job: one row for each person and card, whatever is told of it and however often the job is tried."""

from collections.abc import Callable

import pytest
from sqlalchemy import event, select

from host import Board, Card, Event, Job, User, db
from plugins.notifications import notify
from plugins.notifications.models import Notification
from plugins.notifications.notes import Note

Told = Callable[[User], list[Note]]


def row_of(person: User, card: Card) -> Notification:
    return db.session.scalars(select(Notification).filter_by(user_id=person.id, card_id=card.id)).one()


def test_a_new_cause_replaces_the_shown_one_and_raises_the_count(
    card: Card, owner: User, odile: User, member: User, told: Told
) -> None:
    card.comment("First", odile)
    told(owner)
    card.triage_into(card.board.columns[0], member)
    (note,) = told(owner)
    assert (note.text, note.told.unread_count) == ("Ben Hollow moved this to Writing.", 2)


def test_what_was_read_is_unread_again_as_one_thing(card: Card, owner: User, odile: User, told: Told) -> None:
    card.comment("First", odile)
    card.comment("Second", odile)
    (note,) = told(owner)
    assert note.told.unread_count == 2
    note.told.read()
    card.comment("Third", odile)
    (note,) = told(owner)
    assert (note.told.unread, note.told.unread_count) == (True, 1)


def test_each_card_has_a_row_of_its_own_the_newest_first(
    board: Board, owner: User, odile: User, told: Told, travel: Callable[..., None]
) -> None:
    for title in ("Sow", "Reap"):
        travel(minutes=1)
        board.add_card(title, by=odile)
    assert [note.title for note in told(owner)] == ["Reap", "Sow"]


def test_a_late_job_does_not_hide_what_is_newer(card: Card, owner: User, odile: User, told: Told) -> None:
    card.comment("First", odile)
    db.session.flush()
    late = db.session.scalars(select(Event.id).order_by(Event.id.desc())).first()
    card.comment("Second", odile)
    told(owner)
    notify.run(event_ids=[late])
    (note,) = told(owner)
    assert (note.text, note.told.unread_count) == ("Odile Marsh: “Second”", 3)


def test_a_job_that_fails_at_its_end_has_told_nothing(
    card: Card, owner: User, odile: User, drain_jobs: Callable[[], int], travel: Callable[..., None]
) -> None:
    """Whatever ends the first attempt between its rows and its end, the second one does not count twice."""
    card.comment("Once", odile)
    db.session.commit()
    failures = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def fail_once(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not failures and statement.startswith("UPDATE job") and _has_told(_connection):
            failures.append(statement)
            raise RuntimeError("the power went")

    drain_jobs()
    travel(hours=1)
    drain_jobs()
    db.session.expire_all()
    assert failures
    assert row_of(owner, card).unread_count == 1


def _has_told(connection: object) -> bool:
    return bool(connection.exec_driver_sql("SELECT 1 FROM notifications_notification LIMIT 1").first())  # type: ignore[attr-defined]


def test_a_card_that_is_gone_is_told_to_nobody(card: Card, owner: User, odile: User, told: Told) -> None:
    card.comment("Wait", odile)
    db.session.commit()
    card.delete(by=odile)
    assert told(owner) == []
    assert {job.state for job in db.session.scalars(select(Job))} == {"done"}


def test_the_job_says_how_many_it_told(card: Card, owner: User, odile: User, drain_jobs: Callable[[], int]) -> None:
    card.watch(odile)
    card.comment("Both of us", owner)
    drain_jobs()
    db.session.expire_all()
    assert (
        db.session.scalars(select(Job.summary).filter_by(task="notifications.notify").order_by(Job.id.desc())).first()
        == "told 1 person"
    )


@pytest.mark.parametrize("cards", [2, 40])
def test_the_statements_do_not_grow_with_the_events(
    cards: int, board: Board, owner: User, odile: User, member: User
) -> None:
    board.watch(member)
    for number in range(cards):
        board.add_card(f"Card {number}", by=odile)
    db.session.commit()
    ids = list(db.session.scalars(select(Event.id).filter_by(kind="card_published")))
    statements: list[str] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    notify.run(event_ids=ids)
    assert len(db.session.scalars(select(Notification.id)).all()) == 2 * cards
    assert len(statements) <= 14, "\n".join(statements)


def test_whoever_has_a_draft_is_told_when_it_is_published(board: Board, owner: User, odile: User, told: Told) -> None:
    draft = board.draft(owner)
    draft.jot("Ask @odile-marsh", "")
    draft.assign(odile, owner)
    db.session.commit()
    assert told(odile) == []
    draft.publish(owner)
    db.session.commit()
    (note,) = told(odile)
    assert (note.told.card_id, note.told.unread_count) == (draft.id, 1)
