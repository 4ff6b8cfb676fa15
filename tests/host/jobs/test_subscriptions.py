"""Events become durable jobs, with the change and in batches."""

import pytest
from sqlalchemy import select

from host.clock import now
from host.db import db
from host.eventlog import record_rows
from host.events import CARD_CLOSED, CARD_KEPT, COMMENT_CREATED
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
