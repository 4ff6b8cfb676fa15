"""The eight key test cases of story 4.3, by its numbers, as a program or a sweep brings them about: with everything in
between. Each bullet by itself stands in test_story."""

from datetime import timedelta

from sqlalchemy import func, select

from host import db, now
from plugins.publishing import Post, State, choose
from plugins.recurring.changing import create
from plugins.recurring.queue import Queue, Status

DAY = timedelta(days=1)


def test_1_one_is_made_of_what_is_right_and_of_nothing_else(ask, post):
    right = {"original": post.id, "every": 3, "next_time": (now() + DAY).isoformat(), "max_executions": 4}
    wrong = {"original": 4711, "every": 0, "next_time": now().isoformat(), "max_executions": 0}
    for field, value in wrong.items():
        assert ask("POST", "/queues", {**right, field: value}).status_code in (404, 422), field
    assert db.session.scalar(select(func.count()).select_from(Queue)) == 0
    made = ask("POST", "/queues", right).json
    assert (made["status"], made["executions"], made["every"], made["max_executions"]) == ("active", 0, 3, 4)


def test_2_pausing_and_resuming_change_the_status(ask, queue, travel):
    assert ask("PUT", f"/queues/{queue.id}/pause").json["status"] == "paused"
    travel(days=5)
    resumed = ask("DELETE", f"/queues/{queue.id}/pause").json
    assert resumed["status"] == "active"
    assert queue.next_time >= now() + DAY


def test_3_a_sweep_serves_what_is_due_and_updates_it(ask, queue, sweep, travel, clones):
    first = queue.next_time
    travel(hours=1)
    assert sweep() == "1 runs: 1 made"
    told = ask("GET", f"/queues/{queue.id}").json
    assert (told["executions"], told["last_time"]) == (1, first.isoformat())
    assert told["next_time"] == (first + DAY).isoformat()
    assert len(clones(queue)) == 1


def test_4_a_sweep_respects_the_maximum(ask, queue, sweep, travel, clones):
    ask("PATCH", f"/queues/{queue.id}", {"max_executions": 2})
    for _day in range(4):
        travel(days=1)
        sweep()
    told = ask("GET", f"/queues/{queue.id}").json
    assert (told["status"], told["executions"], told["next_time"]) == ("completed", 2, None)
    assert len(clones(queue)) == 2


def test_7_each_change_asks_whose_queue_and_post_it_is(program, queue, post, member, stranger):
    changes = [("PATCH", "", {"every": 2}), ("DELETE", "", None), ("PUT", "/pause", None), ("DELETE", "/pause", None)]
    new = {"original": post.id, "every": 1, "next_time": (now() + DAY).isoformat()}
    for person in (member, stranger):
        theirs = program(person)
        for method, path, body in [*changes, ("POST", "/runs", None)]:
            assert theirs(method, f"/queues/{queue.id}{path}", body).status_code == 404, (method, path)
        assert theirs("POST", "/queues", new).status_code == 404
    [only] = db.session.scalars(select(Queue))
    assert (only.status, only.every, only.executions) == (Status.ACTIVE, 1, 0)


def test_5_a_run_creates_a_scheduled_post_with_the_content_and_its_time(queue, post, sweep, clones, travel):
    occurrence = queue.next_time
    travel(hours=1, seconds=30)
    sweep()
    [copy] = clones(queue)
    assert (copy.texts, copy.status) == (post.texts, "scheduled")
    assert timedelta() <= copy.at - occurrence <= timedelta(minutes=1)
    assert [target.connection_id for target in copy.targets] == [target.connection_id for target in post.targets]


def test_6_a_run_schedules_what_publishes(queue, sweep, clones, travel, drain_jobs):
    travel(hours=1)
    sweep()
    travel(minutes=1)
    drain_jobs()
    [copy] = clones(queue)
    assert [target.state for target in copy.targets] == [State.PUBLISHED]


def test_8_one_whose_original_is_gone_leaves_the_others(
    queue, post, owner, feed, plan, sweep, clones, travel
):
    other = Post.draft(owner, ["The rack is full."])
    choose(other, [feed])
    second = create("post", other.id, plan(), owner)
    db.session.execute(db.delete(Post).where(Post.id == post.id))
    db.session.commit()
    travel(hours=1)
    assert sweep() == "2 runs: 1 made, 1 skipped"
    assert queue.status is Status.COMPLETED
    assert len(clones(second)) == 1
