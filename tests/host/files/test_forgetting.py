"""What is stored lives as long as a row needs it, whatever dies in between."""

from hashlib import sha256
from io import BytesIO
from threading import Barrier, Thread

import pytest

from host.clock import now
from host.db import db
from host.files import File
from host.files.forgetting import UnusedContents, forget_content
from host.files.holding import hold
from host.jobs import Job, schedule
from host.jobs.clearing import clear
from host.models import Account, User
from tests.host.files.conftest import stored

PEAR = sha256(b"a pear").hexdigest()


@pytest.fixture
def kept(keep):
    """A file that is committed."""
    file = keep()
    db.session.commit()
    return file


def forget_unused():
    """How many contents went."""
    promised, gone = UnusedContents().count(now()), clear(UnusedContents(), now())
    assert promised == gone
    return gone


def names(folder):
    return [path.name for path in stored(folder)]


def test_the_same_twice_is_two_rows_and_one_stored_thing(keep, kept, folder, member):
    again = keep(name="another.txt", by=member)
    db.session.commit()
    assert (kept.id != again.id, kept.sha256 == again.sha256) == (True, True)
    assert names(folder) == [kept.sha256]
    assert again.read() == kept.read() == b"a pear"


def test_what_no_row_needs_is_gone_after_the_commit(kept, folder, drain_jobs):
    kept.remove()
    db.session.flush()
    assert names(folder) == [PEAR]
    drain_jobs()
    assert names(folder) == []


def test_what_another_row_needs_stays(keep, kept, folder, drain_jobs):
    again = keep()
    kept.remove()
    drain_jobs()
    assert again.read() == b"a pear"
    again.remove()
    drain_jobs()
    assert names(folder) == []


def test_a_removal_that_is_undone_removes_nothing(kept, folder, drain_jobs):
    kept.remove()
    db.session.rollback()
    drain_jobs()
    assert kept.read() == b"a pear"


def test_many_copies_that_go_together_ask_for_one_job(keep, folder, drain_jobs):
    files = [keep() for _ in range(5)]
    db.session.commit()
    for each in files:
        each.remove()
    db.session.commit()
    assert db.session.query(Job).filter_by(task="host.forget_file").count() == 1
    drain_jobs()
    assert names(folder) == []


def test_brought_again_before_the_job_runs_it_stays(keep, kept, folder, drain_jobs):
    kept.remove()
    db.session.commit()
    again = keep()
    db.session.commit()
    drain_jobs()
    assert again.read() == b"a pear"


def test_what_is_there_may_be_had_again_without_bringing_it(kept, folder, account, member, drain_jobs):
    again = File.again(account, PEAR, by=member)
    assert (again.id != kept.id, again.name, again.type, again.size) == (True, "pear.txt", "text/plain", 6)
    assert (again.account_id, again.by_id) == (account.id, member.id)
    kept.remove()
    drain_jobs()
    assert again.read() == b"a pear"


def test_what_only_another_space_has_is_not_to_be_had(kept, account, drain_jobs):
    elsewhere = Account.open("Elsewhere", owner_name="Cyd Brook", email="cyd@example.org")
    assert File.again(elsewhere.account, PEAR, by=elsewhere) is None
    assert File.again(account, "0" * 64, by=account.owner) is None
    kept.remove()
    drain_jobs()
    assert File.again(account, PEAR, by=account.owner) is None


def test_a_crash_between_the_content_and_its_row_leaves_what_is_found_later(keep, folder):
    keep()
    db.session.rollback()
    assert len(stored(folder)) == 1
    assert forget_unused() == 1
    assert stored(folder) == []


def test_what_is_needed_is_not_forgotten(kept, folder):
    assert forget_unused() == 0
    assert names(folder) == [kept.sha256]


def test_rows_that_went_with_their_space_leave_nothing_for_good(kept, folder):
    db.session.execute(db.delete(User))
    db.session.execute(db.delete(Account))
    db.session.commit()
    assert db.session.query(File).count() == 0
    assert forget_unused() == 1
    assert stored(folder) == []


def test_more_than_one_statement_takes(keep, kept, folder, monkeypatch):
    monkeypatch.setattr("host.files.forgetting.AT_ONCE", 3)
    needed = {kept.sha256, keep(b"needed").sha256}
    db.session.commit()
    for number in range(10):
        folder.put(BytesIO(b"%d" % number))
    assert forget_unused() == 10
    assert set(names(folder)) == needed


def test_what_a_dead_process_left_aside_is_thrown_away_a_day_later(app, folder, travel):
    folder.path.mkdir()
    left = folder.path / "0123456789abcdef.part"
    left.write_bytes(b"a p")
    forget_unused()
    assert left.exists()
    travel(days=1, minutes=1)
    forget_unused()
    assert not left.exists()


def test_whoever_left_leaves_the_files(kept, member, keep):
    theirs = keep(by=member)
    db.session.commit()
    db.session.delete(member)
    db.session.commit()
    db.session.refresh(theirs)
    assert (theirs.by_id, theirs.read()) == (None, b"a pear")


def test_who_brings_it_while_it_is_thrown_away_has_it_afterwards(app, kept, folder, owner):
    """Whoever forgets it has found that no row needs it, and is stopped there; the other must wait for them."""
    by_id, steps = owner.id, []
    db.session.delete(kept)
    db.session.commit()
    here = Barrier(2)

    def bring():
        with app.app_context():
            here.wait()
            File.keep(BytesIO(b"a pear"), "pear.txt", db.session.get(User, by_id))
            steps.append("brought")
            db.session.commit()

    other = Thread(target=bring)
    other.start()
    hold(PEAR)
    assert db.session.query(File).filter_by(sha256=PEAR).count() == 0
    here.wait()
    other.join(0.3)  # it cannot get ahead, however long we give it
    folder.delete(PEAR)
    steps.append("thrown away")
    db.session.commit()
    other.join(20)
    assert steps == ["thrown away", "brought"]
    assert db.session.query(File).one().read() == b"a pear"


def test_many_who_bring_and_throw_away_the_same_never_lose_what_a_row_needs(app, owner, drain_jobs):
    by_id, ready = owner.id, Barrier(6)
    db.session.commit()
    wrong = []

    def one():
        with app.app_context():
            ready.wait()
            for _ in range(8):
                file = File.keep(BytesIO(b"a pear"), "pear.txt", db.session.get(User, by_id))
                db.session.commit()
                if file.read() != b"a pear":
                    wrong.append("lost")
                db.session.delete(file)
                db.session.commit()
                forget_content(sha256=PEAR)
                db.session.commit()

    threads = [Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []


def test_the_job_is_the_hosts_own(app):
    assert schedule(forget_content, sha256="0" * 64).task == "host.forget_file"
