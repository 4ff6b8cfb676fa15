"""Events become durable jobs, with the change and in batches."""

import pytest
from sqlalchemy import select, text

from host.clock import now
from host.db import db
from host.eventlog import record, record_rows
from host.events import CARD_CLOSED, CARD_KEPT, COMMENT_CREATED, kind
from host.jobs import Job, Subscription, Task
from host.models import Event


@pytest.fixture
def heard(declare):
    """The kinds of event of which the subscriber heard, a list for each job."""
    kinds: list[list[str]] = []

    def hear(event_ids: list[int]) -> None:
        kinds.append([db.session.get_one(Event, id).kind for id in event_ids])  # noqa: A001

    declare(Subscription([CARD_CLOSED, CARD_KEPT], Task("probe.hear", hear)))
    return kinds


def test_a_subscriber_hears_of_its_kinds_after_the_commit(heard, board, owner, drain_jobs):
    card = board.add_card("Sow")
    card.keep(owner)
    card.comment("Rain is near", owner)
    card.close(owner)
    assert heard == []
    assert drain_jobs() == 1
    assert heard == [["card_kept", "card_closed"]]


def test_a_subscriber_to_all_hears_of_every_kind(declare, board, owner, drain_jobs):
    kinds = []

    def hear(event_ids: list[int]) -> None:
        kinds.extend(db.session.get_one(Event, id).kind for id in event_ids)  # noqa: A001

    declare(Subscription(None, Task("probe.hear", hear)))
    board.add_card("Sow").comment("Rain is near", owner)
    record(kind("probe.rained"), board, by=owner)
    drain_jobs()
    assert kinds == ["card_published", "comment_created", "probe.rained"]


def test_what_is_rolled_back_is_not_heard_of(heard, board, owner, drain_jobs):
    board.add_card("Sow").keep(owner)
    db.session.rollback()
    assert drain_jobs() == 0


def test_many_events_come_five_hundred_at_a_time(heard, board, owner):
    row = {"kind": CARD_KEPT.name, "account_id": owner.account_id, "board_id": board.id, "creator_id": owner.id}
    row |= {"at": now(), "particulars": {}}
    record_rows([row] * 1201)
    record_rows([row | {"kind": COMMENT_CREATED.name}] * 3)
    db.session.commit()
    jobs = db.session.scalars(select(Job).order_by(Job.id)).all()
    assert [len(job.payload["event_ids"]) for job in jobs] == [500, 500, 201]


@pytest.mark.parametrize(("says", "jobs"), [(True, 1), (False, 0)])
def test_who_wants_to_hear_of_nothing_has_no_job(declare, board, owner, says, jobs):
    declare(Subscription([CARD_KEPT], Task("probe.hear", lambda event_ids: None), wanted=lambda: says))
    card = board.add_card("Sow")
    db.session.commit()
    card.keep(owner)
    db.session.commit()
    assert len(db.session.scalars(select(Job)).all()) == jobs


def test_it_is_asked_only_when_there_is_something_to_hear(declare, board, owner):
    asked = []
    declare(Subscription([CARD_CLOSED], Task("probe.hear", lambda event_ids: None), wanted=lambda: asked.append(1)))
    board.add_card("Sow").keep(owner)
    db.session.commit()
    assert asked == []


def test_one_that_fails_to_say_hears_of_it_and_the_change_is_kept(app, declare, board, owner, monkeypatch):
    monkeypatch.setattr(app.extensions["fallow"].plugins, "strict", False)

    def fails():
        db.session.execute(text("SELECT 1 FROM nowhere"))

    declare(Subscription([CARD_KEPT], Task("probe.hear", lambda event_ids: None), wanted=fails))
    card = board.add_card("Sow")
    card.keep(owner)
    db.session.commit()
    assert [job.task for job in db.session.scalars(select(Job))] == ["probe.hear"]
    assert card.board == board
