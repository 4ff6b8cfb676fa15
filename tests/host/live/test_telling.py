"""What a job does in many small batches is told a few times a second, and always in the end."""

import pytest

from host.db import db
from host.jobs import Job, Task, checkpoint, schedule
from host.live import telling
from host.models import Board


@pytest.fixture
def batches(declare, board, drain_jobs, sent):
    """batches(end): run a job that adds three cards, one in each batch, and then does this; how many topics pages had
    been told of after each batch."""
    board_id = board.id

    def run(end=lambda: None):
        told = []

        def work():
            for title in ("First", "Second", "Third"):
                db.session.get_one(Board, board_id).add_card(title)
                checkpoint(soon_again=True)
                told.append(len(sent.topics))
            end()

        task = Task("probe.work", work)
        declare(task)
        schedule(task)
        db.session.commit()
        sent.messages.clear()
        drain_jobs()
        return told

    return run


@pytest.fixture
def long_ago(monkeypatch):
    """Each batch takes longer than pages are made to wait."""
    monkeypatch.setattr(telling, "EVERY", 0)


@pytest.fixture
def just_now(monkeypatch):
    """All batches together take no time."""
    monkeypatch.setattr(telling, "EVERY", 3600)


def numbers(sent):
    return [topic for topic in sent.topics if topic.startswith("card")]


def test_batches_that_take_their_time_are_told_one_by_one(batches, sent, long_ago):
    assert batches() == [2, 4, 6]
    assert numbers(sent) == ["card 1", "card 2", "card 3"]


def test_the_first_of_many_quick_batches_is_told_at_once_and_the_others_together(batches, sent, board, just_now):
    assert batches() == [2, 2, 2]
    assert numbers(sent) == ["card 1", "card 2", "card 3"]
    assert sent.topics.count(f"board {board.id}") == 2


def test_a_job_that_fails_tells_of_what_it_had_committed(batches, sent, just_now):
    def end():
        db.session.scalars(db.select(Board)).first().add_card("Not kept")
        raise ValueError

    batches(end)
    assert numbers(sent) == ["card 1", "card 2", "card 3"]


def test_a_job_that_was_taken_over_tells_of_what_it_had_committed(batches, sent, just_now):
    def end():
        with db.engine.begin() as elsewhere:
            elsewhere.execute(db.update(Job).values(worker="elsewhere"))
        checkpoint()

    batches(end)
    assert numbers(sent) == ["card 1", "card 2", "card 3"]
