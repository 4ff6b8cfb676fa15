"""Looking the installation over."""

from datetime import timedelta
from typing import Any

import pytest

from host.clock import now
from host.db import db
from host.finding import Finding
from host.health import look_over, row_faults
from host.jobs import Job, JobState
from host.models import Board, Card, Place, User


def job(state: JobState, **values: Any) -> None:
    db.session.add(Job(task="orchard.pick", state=state, **values))
    db.session.commit()


def wrong() -> list[Finding]:
    db.session.commit()
    return [finding for finding in look_over() if finding.remedy]


def test_nothing_is_wrong(account: object) -> None:
    found = list(look_over())
    assert [finding.what for finding in found] == ["data folder", "database", "mail", "plugins", "jobs"]
    assert wrong() == []


@pytest.mark.parametrize("minutes", [-1, 60])
def test_work_just_asked_for_or_planned_is_in_order(account: object, minutes: int) -> None:
    job(JobState.WAITING, run_at=now() + timedelta(minutes=minutes))
    assert wrong() == []


def test_a_card_in_a_wrong_place(board: Board, owner: User) -> None:
    board.add_card("Here", by=owner)
    db.session.flush()
    db.session.execute(db.update(Card).values(place=Place.NOT_NOW))
    [finding] = wrong()
    assert finding.says == "1 card is in a wrong place."
    assert list(row_faults()) == ["1 card is in a wrong place."]


def test_a_program_without_plugins_is_in_order(account: object) -> None:
    assert [finding for finding in look_over() if finding.what == "plugins"] == [Finding("plugins", "0 are on.")]


def test_it_writes_nothing(account: object) -> None:
    db.session.commit()
    list(look_over())
    assert not db.session.dirty
    assert not db.session.new
