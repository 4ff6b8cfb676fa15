"""The sweep: what is due is made once, and each queue fares for itself."""

from datetime import timedelta

from host import db
from plugins.publishing import Post, State, choose
from plugins.publishing.removing import delete
from plugins.recurring import sweeping
from plugins.recurring.changing import create, pause
from plugins.recurring.queue import Status

MOST_STATEMENTS = 25  # that a run takes: what it reads, the copy with its target and job, its row and its queue


def test_a_queue_that_is_due_makes_a_copy_with_its_time(queue, post, sweep, clones, travel):
    due = queue.next_time
    travel(hours=1, seconds=30)
    assert sweep() == "1 runs: 1 made"
    [copy] = clones(queue)
    assert (copy.texts, copy.created_by_queue, copy.cloned_from) == (post.texts, queue.id, post.id)
    assert [target.state for target in copy.targets] == [State.SCHEDULED]
    assert all(target.job_id for target in copy.targets)
    assert (queue.executions, queue.last_time) == (1, due)
    assert queue.next_time == due + timedelta(days=1)
    assert sweep() == "no queue is due"


def test_one_that_is_to_come_or_paused_is_left_alone(queue, owner, sweep, clones, travel):
    assert sweep() == "no queue is due"
    pause(queue, owner)
    db.session.commit()
    travel(days=3)
    assert sweep() == "no queue is due"
    assert clones(queue) == []


def test_at_its_maximum_it_is_completed(post, owner, plan, sweep, clones, travel):
    queue = create("post", post.id, plan(most=3), owner)
    db.session.commit()
    for _day in range(4):
        travel(days=1)
        sweep()
    assert len(clones(queue)) == 3
    assert (queue.status, queue.reason, queue.next_time) == (Status.COMPLETED, "All runs are done.", None)


def test_after_a_sleep_it_runs_once_and_the_others_are_listed(queue, sweep, clones, history, travel):
    first = queue.next_time
    travel(days=5)
    sweep()
    assert len(clones(queue)) == 1
    days = [first + timedelta(days=day) for day in range(5)]
    assert history(queue) == [*((day, "skipped") for day in days[:-1]), (days[-1], "made")]
    assert queue.next_time == first + timedelta(days=5)


def test_a_deleted_original_completes_it(queue, post, owner, sweep, travel):
    delete(post, owner)
    db.session.commit()
    assert (queue.status, queue.reason) == (Status.COMPLETED, "What it repeats was deleted.")
    db.session.expire_all()


def test_one_gone_by_another_way_completes_it_when_its_time_comes(queue, post, sweep, travel):
    db.session.delete(post)
    db.session.commit()
    travel(days=1)
    assert sweep() == "1 runs: 0 made, 1 skipped"
    db.session.expire_all()
    assert (queue.status, queue.reason) == (Status.COMPLETED, "What it repeats was deleted.")


def test_a_run_takes_few_statements(owner, member, connect, plan, sweep, travel, counted, monkeypatch):
    """Each has a post and an account of its own, and its owner is no admin: that is what most of them ask for."""
    monkeypatch.setattr(sweeping, "LONG", 3600)  # in one transaction

    def more(number):
        for _each in range(number):
            post = Post.draft(member, ["The kettle is on."])
            choose(post, [connect("mastodon", f"@{post.id}@peer.example", by=member)])
            create("post", post.id, plan(), member)
        db.session.commit()
        db.session.expire_all()
        travel(days=1)
        return counted(sweep)

    few, many = more(3), more(3)
    assert (many - few) / 3 <= MOST_STATEMENTS
    assert sweep() == "no queue is due"
