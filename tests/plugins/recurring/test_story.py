"""Story 4.3, to the letter: its acceptance criteria, each bullet of its tasks 8 to 11, and its edge cases. Its key test
cases stand in test_key_cases; what we decided where it is silent, in test_semantics."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import event, insert, inspect, select, text

from host import Account, Forbidden, Invalid, Job, NotFound, User, db, every, notice_kinds, now
from host.jobs.known import periodics
from plugins.publishing import Connection, Post, State, choose
from plugins.publishing.removing import delete as delete_post
from plugins.recurring.changing import create, delete, pause, resume, update
from plugins.recurring.queue import Queue, Status
from plugins.recurring.sweeping import AT_ONCE

DAY = timedelta(days=1)


@pytest.fixture
def stranger(app):
    """Zoe, who opened another space."""
    user = Account.open("Quarry", owner_name="Zoe Stone", email="zoe@example.org")
    db.session.commit()
    return user


@pytest.fixture
def planned(app):
    """`planned(work)`: how the database goes about the query of this, in its own words."""

    def explain(work):
        seen = []
        event.listen(db.engine, "before_cursor_execute", note := lambda *told: seen.append(told[2:4]))
        try:
            work()
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        sql, values = next(each for each in seen if "recurring_queues" in each[0])
        connection = db.session.connection()
        if connection.dialect.name == "sqlite":
            return "\n".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values))
        return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {sql}", values))

    return explain


@pytest.fixture
def crowd(queue, account):
    """Forty others with fifty queues each, so that no index is what costs least."""
    people = [User.join(account, name=f"Person {n}", email=f"person{n}@example.org") for n in range(40)]
    db.session.flush()
    one = {column.name: getattr(queue, column.name) for column in Queue.__table__.columns if column.name != "id"}
    rows = [
        {**one, "owner_id": person.id, "due_at": now() + days * DAY, "next_time": now() + days * DAY}
        for person in people
        for days in range(1, 51)
    ]
    db.session.execute(insert(Queue), rows)
    db.session.execute(text("ANALYZE"))
    db.session.commit()


@pytest.fixture
def speechless(post):
    """Nothing can be made of a post without words. `speechless()`: it has some again."""
    post.texts = [""]
    db.session.commit()

    def mend():
        post.texts = ["The kettle is on."]
        db.session.commit()

    return mend


class TestAcceptanceCriteria:
    def test_1_the_table_has_its_fields(self, app):
        """clerkUserId, originalPostId, interval and nextScheduledTime are called by our words."""
        columns = {column["name"]: column for column in inspect(db.engine).get_columns("recurring_queues")}
        needed = {"owner_id", "original_id", "status", "every", "next_time", "last_time", "executions"}
        assert needed <= columns.keys()
        assert columns["max_executions"]["nullable"]
        assert columns["last_time"]["nullable"]

    @pytest.mark.parametrize(
        ("name", "columns"),
        [
            ("ix_recurring_queues_by_user_status", ["owner_id", "status"]),
            ("ix_recurring_queues_by_next_scheduled", ["next_time"]),
            ("ix_recurring_queues_due", ["due_at", "id"]),
        ],
    )
    def test_2_the_indexes_are_in_the_databases_catalogue(self, app, name, columns):
        indexes = {index["name"]: index["column_names"] for index in inspect(db.engine).get_indexes("recurring_queues")}
        assert indexes[name] == columns

    @pytest.mark.parametrize("status", [None, Status.ACTIVE])
    def test_2_the_list_of_a_persons_queues_goes_by_the_index(self, crowd, owner, planned, status):
        told = planned(lambda: db.session.scalars(Queue.of(owner, status)).all())
        assert "ix_recurring_queues_by_user_status" in told
        assert "ix_recurring_queues_shared" in told
        assert "SCAN recurring_queues" not in told

    @pytest.mark.parametrize("after", [None, 1])
    def test_2_what_is_due_is_found_by_an_index_and_in_its_order(self, crowd, planned, after):
        told = planned(lambda: Queue.due(now(), AT_ONCE, after and (now() - DAY, after)))
        assert "ix_recurring_queues_due" in told
        assert "TEMP B-TREE" not in told
        assert "Sort" not in told

    def test_3_a_periodic_task_looks_for_what_is_due(self, app):
        """Each minute rather than daily."""
        assert periodics()["recurring.process_queues"].schedule.words == every(minutes=1).words

    def test_4_a_due_queue_clones_the_original_and_schedules_it(self, queue, post, sweep, clones, travel):
        travel(hours=1)
        sweep()
        [copy] = clones(queue)
        assert (copy.texts, copy.cloned_from, copy.created_by_queue) == (post.texts, post.id, queue.id)
        assert copy.targets[0].state is State.SCHEDULED

    def test_5_the_next_time_is_the_last_and_the_interval_and_it_is_counted(self, queue, sweep, travel):
        travel(hours=1)
        sweep()
        assert queue.next_time == queue.last_time + queue.every * DAY
        assert queue.executions == 1

    def test_6_at_its_maximum_it_is_completed(self, post, owner, plan, sweep, travel):
        queue = create("post", post.id, plan(most=1), owner)
        db.session.commit()
        travel(hours=1)
        sweep()
        assert (queue.status, queue.executions, queue.next_time) == (Status.COMPLETED, 1, None)

    def test_7_nobody_elses_queue_is_there(self, queue, member, stranger):
        for person in (member, stranger):
            assert db.session.scalars(Queue.of(person)).all() == []
            with pytest.raises(NotFound):
                Queue.to_change(person, queue.id)


class TestTask8CreateQueue:
    def test_it_creates_a_queue_with_correct_fields(self, post, owner, plan):
        begins = (now() + timedelta(days=2)).replace(microsecond=0)
        queue = create("post", post.id, plan(at=begins, every=3, most=5), owner)
        assert (queue.owner, queue.original_id, queue.status) == (owner, post.id, Status.ACTIVE)
        assert (queue.every, queue.next_time, queue.max_executions) == (3, begins, 5)
        assert (queue.executions, queue.last_time) == (0, None)

    @pytest.mark.parametrize("every", [0, -1, 10**9])
    def test_it_validates_the_interval(self, post, owner, plan, every):
        with pytest.raises(Invalid) as refused:
            create("post", post.id, plan(every=every), owner)
        assert list(refused.value.errors) == ["every"]

    @pytest.mark.parametrize("minutes", [-1, 0])
    def test_it_validates_that_the_next_time_is_in_the_future(self, post, owner, plan, minutes):
        with pytest.raises(Invalid) as refused:
            create("post", post.id, plan(at=now() + timedelta(minutes=minutes)), owner)
        assert list(refused.value.errors) == ["next_time"]

    def test_it_rejects_a_post_that_does_not_exist(self, owner, plan):
        with pytest.raises(NotFound):
            create("post", 4711, plan(), owner)

    def test_it_rejects_a_post_of_somebody_else(self, post, member, plan):
        with pytest.raises(NotFound):
            create("post", post.id, plan(), member)
        post.shared = True
        with pytest.raises(Forbidden):
            create("post", post.id, plan(), member)
        assert db.session.scalars(select(Queue)).all() == []

    def test_it_rejects_who_is_not_signed_in(self, anonymous):
        assert anonymous.post("/api/v1/queues", json={}).status_code == 401


class TestTask9Changes:
    def test_update_changes_what_is_given(self, queue, owner, plan):
        begins = (now() + timedelta(days=4)).replace(microsecond=0)
        update(queue, plan(at=begins, every=7, most=9), owner)
        assert (queue.every, queue.next_time, queue.max_executions) == (7, begins, 9)

    def test_delete_removes_it(self, queue):
        delete(queue)
        assert db.session.scalars(select(Queue)).all() == []

    def test_pause_sets_its_status(self, queue, owner):
        pause(queue, owner)
        assert queue.status is Status.PAUSED

    def test_resume_sets_its_status_and_recalculates_its_next_time(self, queue, owner, travel):
        """From the present and the interval, at its time of the day."""
        before = queue.next_time
        pause(queue, owner)
        travel(days=10, hours=2)
        resume(queue)
        assert queue.status is Status.ACTIVE
        assert now() + queue.every * DAY <= queue.next_time < now() + (queue.every + 1) * DAY
        assert queue.next_time == before + 12 * DAY

    @pytest.mark.parametrize("who", ["member", "stranger"])
    def test_each_asks_whose_it_is(self, request, queue, who):
        person = request.getfixturevalue(who)
        with pytest.raises(NotFound):
            Queue.to_change(person, queue.id)
        queue.shared = True
        with pytest.raises(Forbidden if who == "member" else NotFound):
            Queue.to_change(person, queue.id)

    def test_an_admin_of_another_space_is_none_here(self, queue, stranger):
        queue.shared = True
        assert stranger.is_admin
        assert not queue.may_change(stranger)

    def test_one_that_is_not_there_is_not_found(self, owner):
        with pytest.raises(NotFound):
            Queue.to_change(owner, 4711)
        with pytest.raises(NotFound):
            Queue.one_of(owner, 4711)


class TestTask10ProcessQueues:
    @pytest.fixture
    def due(self, queue, travel):
        """Its next time is in the past."""
        travel(hours=1, seconds=20)
        assert queue.next_time < now()
        return queue

    def test_a_new_post_has_the_content(self, due, post, sweep, clones):
        sweep()
        [copy] = clones(due)
        assert copy.id != post.id
        assert (copy.texts, copy.author_id, copy.account_id) == (post.texts, post.author_id, post.account_id)

    def test_it_is_scheduled_with_its_job(self, due, sweep, clones):
        sweep()
        [target] = clones(due)[0].targets
        job = db.session.get_one(Job, target.job_id)
        assert target.state is State.SCHEDULED
        assert (job.task, job.payload) == ("publishing.due", {"target_id": target.id})

    def test_it_is_counted(self, due, sweep):
        sweep()
        assert due.executions == 1

    def test_its_last_time_is_noted_and_when_it_really_was(self, due, sweep):
        occurrence = due.next_time
        sweep()
        assert due.last_time == occurrence
        assert occurrence < due.last_ran_at <= now()

    def test_its_next_time_is_the_last_and_the_interval(self, due, sweep):
        sweep()
        assert due.next_time == due.last_time + DAY

    def test_with_a_maximum_of_three_it_is_completed_after_three(self, post, owner, plan, sweep, travel, clones):
        queue = create("post", post.id, plan(most=3), owner)
        db.session.commit()
        seen = []
        for _time in range(3):
            travel(days=1)
            sweep()
            seen.append((queue.executions, queue.status.value))
        assert seen == [(1, "active"), (2, "active"), (3, "completed")]
        assert len(clones(queue)) == 3

    def test_what_is_not_due_is_left(self, queue, sweep, clones, travel):
        travel(minutes=59)
        assert sweep() == "no queue is due"
        assert (clones(queue), queue.executions) == ([], 0)

    def test_what_is_paused_is_left(self, due, owner, sweep, clones):
        pause(due, owner)
        db.session.commit()
        assert sweep() == "no queue is due"
        assert clones(due) == []

    def test_a_deleted_original_is_no_error(self, due, post, owner, sweep, clones):
        delete_post(post, owner)
        db.session.commit()
        sweep()
        assert (due.status, due.reason) == (Status.COMPLETED, "What it repeats was deleted.")
        assert clones(due) == []


class TestTask11GetQueues:
    @pytest.fixture
    def three(self, post, owner, plan):
        """In three days, tomorrow (paused) and never (completed)."""
        made = [create("post", post.id, plan(at=now() + days * DAY), owner) for days in (3, 1, 2)]
        pause(made[1], owner)
        made[2].complete("All runs are done.")
        db.session.commit()
        return made

    def test_without_a_status_it_gives_all(self, three, owner):
        assert set(db.session.scalars(Queue.of(owner))) == set(three)

    @pytest.mark.parametrize(("status", "number"), [(Status.ACTIVE, 0), (Status.PAUSED, 1), (Status.COMPLETED, 2)])
    def test_with_a_status_it_gives_those(self, three, owner, status, number):
        assert db.session.scalars(Queue.of(owner, status)).all() == [three[number]]

    def test_who_has_none_gets_none(self, three, member):
        assert db.session.scalars(Queue.of(member)).all() == []

    def test_others_queues_are_not_given(self, three, stranger, plan):
        theirs = Post.draft(stranger, ["Mine"])
        choose(theirs, [Connection.feed_of(stranger.account)])
        own = create("post", theirs.id, plan(), stranger)
        db.session.commit()
        assert db.session.scalars(Queue.of(stranger)).all() == [own]

    def test_each_comes_with_its_original_post(self, three, ask, post):
        for told in ask("GET", "/queues").json:
            assert (told["original"]["id"], told["original"]["title"]) == (post.id, "The kettle is on.")
            assert told["original"]["excerpt"] == post.texts[0]

    def test_they_come_by_their_next_time_and_completed_ones_last(self, three, owner):
        assert db.session.scalars(Queue.of(owner)).all() == [three[1], three[0], three[2]]


class TestEdgeCases:
    def test_a_missing_connection_is_skipped_and_noted(self, queue, feed, sweep, clones, travel, history):
        feed.removed_at = now()
        db.session.commit()
        travel(hours=1)
        assert sweep() == "1 runs: 0 made, 1 skipped"
        assert clones(queue) == []
        assert (queue.status, queue.executions) == (Status.ACTIVE, 0)
        assert "is not connected" in queue.attention

    def test_a_missing_connection_is_warned_of_in_the_log_once(self, queue, feed, sweep, travel, caplog):
        feed.removed_at = now()
        db.session.commit()
        with caplog.at_level(logging.WARNING):
            for _day in range(3):
                travel(days=1)
                sweep()
        [warned] = [record.getMessage() for record in caplog.records if "left out a run" in record.getMessage()]
        assert warned.startswith(f"queue {queue.id} ")

    def test_an_error_of_the_network_is_that_copys_own(self, queue, post, connect, sweep, clones, travel):
        """The series does not hear of it, and the next copy is made."""
        choose(post, [connect("mastodon")])
        db.session.commit()
        for _day in range(2):
            travel(days=1)
            assert sweep() == "1 runs: 1 made"
            clones(queue)[-1].targets[0].go(State.FAILED, "The network answered 503.")
            db.session.commit()
        assert (queue.status, queue.executions, queue.failures) == (Status.ACTIVE, 2, 0)

    def test_a_hundred_at_most_are_looked_up_together(self, crowd):
        """Of more, the next hundred follow at once: test_failing."""
        assert len(Queue.due(now() + 90 * DAY, AT_ONCE)) == AT_ONCE == 100

    def test_a_failure_is_logged_and_the_batch_goes_on(
        self, queue, speechless, owner, feed, plan, sweep, clones, travel, caplog
    ):
        other = Post.draft(owner, ["The rack is full."])
        choose(other, [feed])
        second = create("post", other.id, plan(), owner)
        db.session.commit()
        travel(hours=1)
        with caplog.at_level(logging.WARNING):
            assert sweep() == "2 runs: 1 made, 1 failed"
        assert f"queue {queue.id} failed" in caplog.text
        assert (len(clones(queue)), len(clones(second))) == (0, 1)
        assert (queue.status, queue.executions, queue.failures) == (Status.ACTIVE, 0, 1)

    def test_a_transient_failure_is_tried_again(self, queue, speechless, sweep, clones, travel):
        travel(hours=1)
        assert sweep() == "1 runs: 0 made, 1 failed"
        speechless()
        assert sweep() == "no queue is due"
        travel(minutes=6)
        assert sweep() == "1 runs: 1 made"
        assert (len(clones(queue)), queue.failures, queue.attention) == (1, 0, None)

    def test_a_sweep_says_what_came_of_it(self, queue, sweep, travel):
        travel(hours=1)
        assert sweep() == "1 runs: 1 made"

    def test_a_post_is_marked_with_the_queue_that_made_it(self, queue, sweep, clones, travel):
        travel(hours=1)
        sweep()
        assert [copy.created_by_queue for copy in clones(queue)] == [queue.id]

    def test_queues_that_fail_are_too_noisy_for_the_outside(self, app):
        quiet = {kind.name: kind.quiet for kind in notice_kinds()}
        assert quiet["recurring.trouble"]
