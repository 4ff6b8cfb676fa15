"""Times, transactions and callbacks, alike on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError, StatementError

from host.db import Session, db, durably, only_reading, reading, upsert
from host.models import Account, Place, Tag

NOON = datetime(2026, 3, 1, 12, 0, 0, 7, UTC)


@pytest.fixture
def callbacks(monkeypatch):
    """What is called around a commit, besides what the house has there; in order."""
    called: list[str] = []
    for moment in ("before_commit", "after_commit"):
        known = [*getattr(Session, moment), lambda _session, moment=moment: called.append(moment)]
        monkeypatch.setattr(Session, moment, known)
    return called


def spaces() -> list[str]:
    return list(db.session.scalars(select(Account.name).order_by(Account.id)))


@pytest.mark.parametrize("hours", [0, 2, -11])
def test_a_moment_comes_back_in_utc_to_the_microsecond(app, hours):
    then = NOON.astimezone(timezone(timedelta(hours=hours)))
    db.session.add(Account(name="Then", created_at=then))
    db.session.commit()
    [kept] = db.session.scalars(select(Account.created_at))
    assert (kept, kept.utcoffset()) == (NOON, timedelta())
    assert db.session.scalars(select(Account).where(Account.created_at == then)).all()
    assert not db.session.scalars(select(Account).where(Account.created_at < then)).all()


def test_moments_sort_as_time_goes(app):
    times = [NOON - timedelta(microseconds=7), NOON, NOON + timedelta(microseconds=1), NOON + timedelta(days=300)]
    db.session.add_all([Account(name="x", created_at=each) for each in reversed(times)])
    db.session.flush()
    assert db.session.scalars(select(Account.created_at).order_by(Account.created_at)).all() == times


def test_a_time_without_a_zone_is_no_moment(app):
    db.session.add(Account(name="x", created_at=NOON.replace(tzinfo=None)))
    with pytest.raises(StatementError, match="naive"):
        db.session.flush()


def test_a_word_is_kept_as_text_and_no_other_is_taken(board):
    card = board.add_card("x")
    db.session.flush()
    assert db.session.execute(db.text("SELECT place FROM card")).scalar() == "maybe"
    card.place = "elsewhere"
    with pytest.raises(StatementError, match="elsewhere"):
        db.session.flush()
    db.session.rollback()
    assert Place("maybe") is Place.MAYBE


def test_callbacks_stand_around_the_commit(app, callbacks):
    db.session.add(Account(name="Meadow"))
    db.session.flush()
    assert callbacks == []
    db.session.commit()
    assert callbacks == ["before_commit", "after_commit"]
    db.session.rollback()
    assert len(callbacks) == 2


def test_nothing_is_told_of_a_commit_that_failed(account, callbacks):
    db.session.add_all([Tag(account_id=account.id, title="twice") for _each in range(2)])
    with pytest.raises(db.exc.IntegrityError):
        db.session.commit()
    assert "after_commit" not in callbacks


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_inside_a_savepoint_the_transaction_can_not_be_ended(app, end):
    db.session.add(Account(name="Meadow"))
    with pytest.raises(RuntimeError, match="a hook must neither"), db.session.begin_nested():
        getattr(db.session(), end)()
    db.session.commit()
    assert spaces() == ["Meadow"]


def test_a_request_that_may_write_takes_the_lock_first_and_one_that_reads_does_not(app):
    for method, only in (("GET", True), ("HEAD", True), ("POST", False), ("DELETE", False)):
        with app.test_request_context(method=method):
            assert only_reading() is only
    assert not only_reading()
    with reading():
        assert only_reading()
    assert not only_reading()


@pytest.mark.sqlite_only("PostgreSQL has many writers")
def test_readers_go_on_while_one_writes_and_a_second_writer_waits(app, owner):
    with db.engine.connect() as writer:
        writer.execute(db.text("UPDATE account SET name = 'Forest'"))
        with reading(), db.engine.connect() as reader:
            assert reader.execute(db.text("SELECT name FROM account")).scalar() == "Meadow"
        with db.engine.connect() as second:
            second.connection.execute("PRAGMA busy_timeout = 1")
            with pytest.raises(OperationalError, match="locked"):
                second.execute(db.text("SELECT 1"))
        writer.rollback()


def test_an_upsert_adds_or_changes(account):
    for hue in ("moss", "rust"):
        tag = upsert(Tag).values(account_id=account.id, title="reeds", hue=hue)
        db.session.execute(tag.on_conflict_do_update(index_elements=[Tag.account_id, Tag.title], set_={"hue": hue}))
    assert db.session.execute(select(Tag.title, Tag.hue)).all() == [("reeds", "rust")]


@pytest.mark.sqlite_only("PostgreSQL waits for its disk at each commit anyway")
def test_what_must_outlast_a_power_cut_waits_for_the_disk(app, owner):
    def kept() -> int:
        db.session.commit()
        found = db.session.scalar(text("PRAGMA synchronous"))
        db.session.commit()
        return found

    with durably():
        assert kept() == 2  # FULL
    assert kept() == 1  # NORMAL
