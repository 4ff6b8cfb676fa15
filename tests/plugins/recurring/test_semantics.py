"""What becomes of a queue when something happens to it: publishing.md 4.5, row by row."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from host import Fault, db, now
from plugins.publishing import Connection, Post, State, Target, choose
from plugins.publishing.networks.feed.entry import FeedEntry
from plugins.publishing.planning import sweep as publishing_sweep
from plugins.publishing.removing import delete as delete_post
from plugins.publishing.scheduling import publish_now
from plugins.recurring.changing import Plan, create, delete, pause, resume, run_now, update
from plugins.recurring.kinds import kind_of
from plugins.recurring.listening import settled
from plugins.recurring.queue import Mode, Queue, Status
from plugins.recurring.rhythm import Unit
from plugins.recurring.run import Run
from plugins.recurring.serving import serve

DAY = timedelta(days=1)


@pytest.fixture
def go_on(sweep, travel, drain_jobs):
    """`go_on(days=1)`: time goes by, and what is due runs and is published, as by a worker."""

    def until(**later):
        travel(**later)
        said = sweep()
        for _look in range(2):
            publishing_sweep.run()
            db.session.commit()
            drain_jobs()
        db.session.expire_all()
        return said

    return until


@pytest.fixture
def change(owner):
    """`change(queue, every=3)`: as a person changes it; says what comes of it."""

    def one(queue, **values):
        said = update(queue, replace(Plan.of(queue), **values), owner)
        db.session.commit()
        return said

    return one


def local(queue):
    """What the clock of its zone shows at its next time."""
    return f"{queue.next_time.astimezone(queue.clock):%m-%d %H:%M}"


class TestTheMachineWasOffForWeeks:
    def test_one_run_is_made_up_for_and_those_left_out_are_listed(self, queue, sweep, clones, history, travel):
        first = queue.next_time
        travel(days=20, hours=2)
        assert sweep() == "1 runs: 1 made"
        assert [outcome for _at, outcome in history(queue)] == ["skipped"] * 20 + ["made"]
        assert {run.why for run in Run.of(queue)[1:]} == {"Fallow was not running."}
        assert queue.last_time == first + 20 * DAY
        assert queue.next_time == first + 21 * DAY
        assert len(clones(queue)) == 1

    def test_what_is_later_than_its_owner_wants_waits_for_the_next(
        self, post, owner, plan, sweep, clones, history, travel
    ):
        queue = create("post", post.id, plan(every=7, grace_hours=6), owner)
        db.session.commit()
        first = queue.next_time
        travel(days=9)
        assert sweep() == "1 runs: 0 made, 1 skipped"
        assert history(queue) == [(first, "skipped"), (first + 7 * DAY, "skipped")]
        assert (queue.next_time, queue.executions, clones(queue)) == (first + 14 * DAY, 0, [])

    def test_what_is_within_it_is_made_up_for(self, post, owner, plan, sweep, travel):
        create("post", post.id, plan(every=7, grace_hours=6), owner)
        db.session.commit()
        travel(days=7, hours=6)
        assert sweep() == "1 runs: 1 made"

    def test_of_very_many_the_latest_are_listed(self, queue, sweep, history, travel):
        travel(days=90)
        sweep()
        assert len(history(queue)) == 51
        assert history(queue)[0][0] == queue.last_time - 50 * DAY

    def test_nothing_after_its_last_day_is_made_up_for(self, post, owner, plan, sweep, travel, clones, history):
        last = (now() + 3 * DAY).astimezone(ZoneInfo("Asia/Tokyo")).date()
        queue = create("post", post.id, plan(end_date=last), owner)
        db.session.commit()
        travel(days=30)
        sweep()
        [copy] = clones(queue)
        occurrence = history(queue)[-1][0]
        assert occurrence.astimezone(queue.clock).date() == last
        assert (queue.status, queue.reason) == (Status.COMPLETED, "No run is left before its last day.")
        assert copy.at > occurrence


class TestARunFails:
    def test_only_that_copy_fails_and_the_series_goes_on(self, queue, go_on, clones):
        go_on(hours=1)
        [target] = clones(queue)[0].targets
        target.go(State.FAILED, "It was refused.")
        settled(target)
        db.session.commit()
        assert go_on(days=1) == "1 runs: 1 made"
        assert (queue.status, queue.executions) == (Status.ACTIVE, 2)


class TestTheFirstGap:
    def test_it_is_exactly_the_interval_after_the_first_run(self, post, owner, plan, go_on, clones):
        queue = create("post", post.id, plan(at=now() + 5 * DAY, every=3), owner)
        db.session.commit()
        first = queue.next_time
        for _day in range(9):
            go_on(days=1)
        assert [round((copy.at - first) / DAY, 2) for copy in clones(queue)] == [0, 3]


class TestHistory:
    def test_each_run_has_a_copy_of_its_own_and_the_original_stays(self, queue, post, go_on, clones):
        before = (post.revision, [target.state for target in post.targets])
        for _day in range(3):
            go_on(days=1)
        copies = clones(queue)
        assert [run.made_id for run in reversed(Run.of(queue))] == [copy.id for copy in copies]
        assert [run.number for run in reversed(Run.of(queue))] == [1, 2, 3]
        addresses = {copy.targets[0].url for copy in copies}
        assert len(addresses) == 3
        assert (post.revision, [target.state for target in post.targets]) == before
        assert len(db.session.scalars(select(FeedEntry)).all()) == 3


class TestTheOriginalIsEdited:
    def test_later_copies_have_the_new_text_and_earlier_ones_stay(self, queue, post, owner, sweep, clones, travel):
        travel(hours=1)
        sweep()
        post.write(["The kettle is cold."], {}, revision=post.revision, card=None)
        db.session.commit()
        travel(days=1)
        sweep()
        assert [copy.texts for copy in clones(queue)] == [["The kettle is on."], ["The kettle is cold."]]

    def test_the_queue_is_called_as_its_original_is_by_now(self, queue, post, sweep, travel):
        post.write(["The kettle is cold."], {}, revision=post.revision, card=None)
        db.session.commit()
        travel(hours=1)
        sweep()
        assert queue.title == "The kettle is cold."

    def test_the_queue_knows_what_it_said_last(self, queue, post, owner, sweep, travel):
        travel(hours=1)
        sweep()
        run, kind = Run.last_made(queue), kind_of("post")
        assert not kind.changed(post.id, run.said)
        post.write(["The kettle is cold."], {}, revision=post.revision, card=None)
        assert (run.said, kind.changed(post.id, run.said)) == (["The kettle is on."], True)


class TestPauseAndResume:
    def test_a_paused_one_keeps_its_next_time(self, queue, owner):
        before = queue.next_time
        pause(queue, owner)
        assert (queue.next_time, queue.reason) == (before, "Paused by Ada Field.")

    def test_nothing_happens_at_once_when_it_is_resumed(self, queue, owner, sweep, clones, travel):
        pause(queue, owner)
        travel(days=10)
        resume(queue)
        db.session.commit()
        assert sweep() == "no queue is due"
        assert queue.next_time >= now() + DAY
        assert queue.next_time.astimezone(queue.clock).time() == queue.local_time

    def test_the_series_goes_on_from_there(self, post, owner, plan, sweep, travel):
        queue = create("post", post.id, plan(every=7), owner)
        pause(queue, owner)
        travel(days=3, hours=2)
        resume(queue)
        db.session.commit()
        first = queue.next_time
        travel(days=12)
        sweep()
        assert (queue.last_time, queue.next_time) == (first, first + 7 * DAY)

    def test_run_now_counts_and_does_not_move_the_series(self, queue, sweep, travel):
        before = queue.next_time
        run = run_now(queue)
        assert (run.by_hand, run.number, queue.executions, queue.next_time) == (True, 1, 1, before)
        db.session.commit()
        travel(hours=1)
        assert sweep() == "1 runs: 1 made"
        assert (queue.last_time, Run.last_made(queue).number) == (before, 2)

    def test_run_now_may_be_the_last(self, post, owner, plan):
        queue = create("post", post.id, plan(most=1), owner)
        run_now(queue)
        assert (queue.status, queue.next_time) == (Status.COMPLETED, None)

    def test_a_paused_one_may_be_run_and_stays_paused(self, queue, owner):
        pause(queue, owner)
        run_now(queue)
        assert (queue.status, queue.executions) == (Status.PAUSED, 1)

    @pytest.mark.parametrize("act", [pause, resume, run_now])
    def test_a_completed_one_is_left_alone(self, queue, owner, act):
        queue.complete("All runs are done.")
        with pytest.raises(Fault, match="completed"):
            act(queue, owner) if act is pause else act(queue)

    def test_each_once(self, queue, owner):
        with pytest.raises(Fault, match="runs already"):
            resume(queue)
        pause(queue, owner)
        with pytest.raises(Fault, match="paused already"):
            pause(queue, owner)


class TestTheIntervalIsEdited:
    def test_the_next_is_counted_from_the_last(self, queue, change, sweep, travel):
        travel(hours=1)
        sweep()
        change(queue, every=4)
        assert queue.next_time == queue.last_time + 4 * DAY

    def test_where_that_has_gone_by_the_next_of_the_new_series_counts(self, post, owner, plan, change, sweep, travel):
        queue = create("post", post.id, plan(every=30), owner)
        db.session.commit()
        travel(hours=1)
        sweep()
        travel(days=10)
        change(queue, every=3)
        assert queue.next_time == queue.last_time + 12 * DAY

    def test_before_its_first_run_the_first_stays(self, queue, change):
        before = queue.next_time
        change(queue, every=9)
        assert queue.next_time == before

    def test_months_keep_the_day(self, queue, change, sweep, travel):
        travel(hours=1)
        sweep()
        last = queue.last_time.astimezone(queue.clock)
        change(queue, every=1, unit=Unit.MONTHS)
        following = queue.next_time.astimezone(queue.clock)
        assert (following.time(), following.month) == (last.time(), last.month % 12 + 1)

    def test_of_a_rolling_one_it_is_counted_from_its_real_run(self, post, owner, plan, change, sweep, travel):
        queue = create("post", post.id, plan(every=10, mode=Mode.ROLLING), owner)
        db.session.commit()
        first = queue.next_time
        travel(days=4, hours=1, seconds=5)
        sweep()
        change(queue, every=5)
        assert (queue.last_time, queue.next_time) == (first, first + 9 * DAY)


class TestAnotherZone:
    def test_the_time_of_the_day_stays_and_so_does_the_day(self, post, owner, plan, change, sweep, travel):
        """Seven in the evening of a day in Tokyo is another day's time in Los Angeles."""
        tokyo = ZoneInfo("Asia/Tokyo")
        first = (now() + 2 * DAY).astimezone(tokyo).replace(hour=1, minute=0, second=0, microsecond=0)
        queue = create("post", post.id, plan(at=first, every=7), owner)
        db.session.commit()
        travel(days=3)
        sweep()
        before = local(queue)
        change(queue, zone=ZoneInfo("America/Los_Angeles"))
        assert local(queue) == before
        assert queue.next_time - first > 7 * DAY + timedelta(hours=15)

    def test_before_its_first_run_too(self, queue, change):
        before = local(queue)
        change(queue, zone=ZoneInfo("America/Los_Angeles"))
        assert local(queue) == before

    def test_a_first_run_that_was_moved_stays_where_it_was_moved_to(self, queue, change, sweep, travel):
        travel(hours=1)
        sweep()
        change(queue, begins=(now() + 20 * DAY).astimezone(queue.clock).replace(tzinfo=None))
        before = local(queue)
        change(queue, zone=ZoneInfo("America/Los_Angeles"))
        assert local(queue) == before


class TestDaysLeftOut:
    def test_they_move_no_other_day(self, queue, change):
        first = queue.next_time
        change(queue, skip_dates=frozenset({first.astimezone(queue.clock).date()}))
        assert queue.next_time == first + DAY
        change(queue, skip_dates=frozenset())
        assert queue.next_time == first

    def test_no_run_is_listed_for_them(self, queue, change, sweep, travel, history):
        first = queue.next_time
        days = [(first + number * DAY).astimezone(queue.clock).date() for number in (1, 2)]
        change(queue, skip_dates=frozenset(days))
        travel(days=3, hours=1)
        sweep()
        assert history(queue) == [(first, "skipped"), (first + 3 * DAY, "made")]


class TestTheMaximumIsLowered:
    def test_at_its_count_it_is_completed_and_says_so(self, queue, change, sweep, travel):
        for _day in range(3):
            travel(days=1)
            sweep()
        assert change(queue, most=2) == "It has made 3 runs already, so it is completed."
        assert (queue.status, queue.reason, queue.next_time) == (Status.COMPLETED, "All runs are done.", None)

    def test_raised_again_it_goes_on(self, queue, change, sweep, travel):
        travel(hours=1)
        sweep()
        change(queue, most=1)
        assert change(queue, most=5) == "It runs again."
        assert (queue.status, queue.reason) == (Status.ACTIVE, None)
        assert queue.next_time == queue.last_time + DAY


class TestTheNextCopyIsDeleted:
    def test_that_run_alone_is_left_out(self, queue, sweep, clones, travel):
        travel(hours=1)
        sweep()
        [copy] = clones(queue)
        delete_post(copy, copy.author)
        db.session.commit()
        assert sweep() == "no queue is due"
        travel(days=1)
        assert sweep() == "1 runs: 1 made"
        assert (queue.status, queue.executions) == (Status.ACTIVE, 2)
        assert [run.made_id for run in Run.of(queue)] == [clones(queue)[0].id, None]


class TestTheOriginalIsDeleted:
    def test_the_queue_is_completed_and_its_copies_stay(self, queue, post, owner, go_on, clones):
        go_on(hours=1)
        delete_post(post, owner)
        db.session.commit()
        assert (queue.status, queue.reason, queue.next_time) == (Status.COMPLETED, "What it repeats was deleted.", None)
        [copy] = clones(queue)
        assert (copy.targets[0].state, queue.title) == (State.PUBLISHED, "The kettle is on.")

    def test_by_another_way_it_is_found_when_its_time_comes(self, queue, post, sweep, travel, history):
        db.session.execute(db.delete(Post).where(Post.id == post.id))
        db.session.commit()
        travel(hours=1)
        sweep()
        assert (queue.status, queue.reason) == (Status.COMPLETED, "What it repeats was deleted.")
        assert [outcome for _at, outcome in history(queue)] == ["skipped"]

    def test_who_may_no_longer_change_it_has_it_repeated_no_more(
        self, post, owner, member, plan, sweep, clones, travel
    ):
        """An admin's queue of a member's shared post, which that member takes back."""
        post.author, post.shared = member, True
        queue = create("post", post.id, plan(), owner)
        post.shared = False
        db.session.commit()
        travel(hours=1)
        assert sweep() == "1 runs: 0 made, 1 skipped"
        assert (clones(queue), queue.attention) == ([], "Ada Field may no longer have it repeated.")


class TestAConnectionIsMissing:
    @pytest.fixture
    def two(self, post, connect, feed):
        """The post goes to the feed and to an account."""
        choose(post, [feed, connect("mastodon")])
        db.session.commit()
        return post

    @pytest.fixture
    def mastodon(self, two):
        return next(target.connection for target in two.targets if target.platform == "mastodon")

    def test_the_others_proceed(self, queue, mastodon, sweep, clones, travel):
        mastodon.removed_at = now()
        db.session.commit()
        travel(hours=1)
        assert sweep() == "1 runs: 1 made"
        [copy] = clones(queue)
        assert [target.platform for target in copy.targets] == ["feed"]
        assert Run.of(queue)[0].why == "@ada@peer.example is not connected."

    def test_where_none_is_left_the_run_is_left_out_and_asks(self, queue, mastodon, feed, sweep, clones, travel):
        mastodon.held_why, feed.removed_at = "The token is no longer good.", now()
        db.session.commit()
        travel(hours=1)
        assert sweep() == "1 runs: 0 made, 1 skipped"
        assert (queue.status, queue.executions, clones(queue)) == (Status.ACTIVE, 0, [])
        assert "@ada@peer.example cannot publish: The token is no longer good." in queue.attention

    def test_when_it_is_back_the_queue_goes_on_by_itself(self, queue, mastodon, feed, sweep, clones, travel):
        mastodon.held_why, feed.removed_at = "The token is no longer good.", now()
        db.session.commit()
        travel(hours=1)
        sweep()
        mastodon.held_why = None
        db.session.commit()
        travel(days=1)
        assert sweep() == "1 runs: 1 made"
        assert [target.platform for target in clones(queue)[0].targets] == ["mastodon"]
        assert queue.attention is None

    def test_one_of_another_space_is_none(self, queue, stranger, sweep, clones, travel):
        """Whatever a queue's options say."""
        queue.options = {**queue.options, "connections": [Connection.feed_of(stranger.account).id]}
        db.session.commit()
        travel(hours=1)
        assert sweep() == "1 runs: 0 made, 1 skipped"
        assert (clones(queue), queue.attention) == ([], "There is nowhere for it to go.")

    def test_one_that_is_no_longer_shared_is_missing(self, post, owner, member, connect, plan, sweep, travel):
        theirs = connect("mastodon", "@ben@peer.example", by=member)
        theirs.shared = True
        choose(post, [theirs])
        queue = create("post", post.id, plan(), owner)
        theirs.shared = False
        db.session.commit()
        travel(hours=1)
        assert sweep() == "1 runs: 0 made, 1 skipped"
        assert queue.attention == "@ben@peer.example is not shared with Ada Field."


class TestTheCount:
    def test_it_is_that_of_the_copies_and_what_was_published_is_told_beside(self, queue, go_on, clones):
        go_on(hours=1)
        go_on(days=1)
        queue.options = {**queue.options, "connections": []}
        clones(queue)[1].targets[0].go(State.FAILED, "It was refused.")
        db.session.commit()
        assert (queue.executions, kind_of("post").told(queue.id)) == (2, "1 published")


class TestTwoWorkers:
    def test_of_two_that_serve_at_once_one_makes_a_copy(self, app, queue, clones, travel, database):
        travel(hours=1)
        queue_id, start = queue.id, Barrier(2)
        db.session.commit()

        def work():
            with app.app_context():
                start.wait(10)
                came = serve(queue_id, now())
                db.session.commit()
                return came

        with ThreadPoolExecutor(2) as both:
            outcomes = [each.result(30) for each in [both.submit(work), both.submit(work)]]
        assert sorted(map(str, outcomes)) == ["None", "made"]
        assert (len(clones(queue)), queue.executions) == (1, 1)

    def test_the_database_takes_an_occurrence_once(self, queue, sweep, clones, travel):
        """Whatever a queue's row says: here it says that nothing was run."""
        travel(hours=1)
        occurrence = queue.next_time
        sweep()
        queue.next_time = queue.due_at = occurrence
        queue.executions, queue.last_time = 0, None
        db.session.commit()
        sweep()
        assert len(clones(queue)) == 1
        assert queue.next_time == occurrence + DAY

    def test_two_clicks_are_one_run(self, queue, clones, travel):
        run_now(queue)
        with pytest.raises(Fault, match="just run"):
            run_now(queue)
        db.session.commit()
        assert len(clones(queue)) == 1


class TestModes:
    def test_a_fixed_series_keeps_to_its_days(self, post, owner, plan, sweep, travel):
        queue = create("post", post.id, plan(every=7), owner)
        db.session.commit()
        first = queue.next_time
        travel(days=10)
        sweep()
        assert (queue.last_time, queue.next_time) == (first + 7 * DAY, first + 14 * DAY)

    def test_a_rolling_one_is_counted_from_its_real_run(self, post, owner, plan, sweep, travel):
        queue = create("post", post.id, plan(every=7, mode=Mode.ROLLING), owner)
        db.session.commit()
        first = queue.next_time
        travel(days=10, hours=1, seconds=5)
        sweep()
        assert (queue.last_time, queue.next_time) == (first + 7 * DAY, first + 17 * DAY)
        assert queue.next_time.astimezone(queue.clock).time() == queue.local_time

    def test_it_ends_on_its_last_day(self, post, owner, plan, sweep, travel):
        last = (now() + 2 * DAY).astimezone(ZoneInfo("Asia/Tokyo")).date()
        queue = create("post", post.id, plan(end_date=last), owner)
        db.session.commit()
        for _day in range(5):
            travel(days=1)
            sweep()
        assert queue.status is Status.COMPLETED
        assert queue.last_time.astimezone(queue.clock).date() == last

    def test_a_change_of_what_has_ended_asks_for_no_day_to_come(self, post, owner, plan, change, sweep, travel):
        last = (now() + 2 * DAY).astimezone(ZoneInfo("Asia/Tokyo")).date()
        queue = create("post", post.id, plan(end_date=last), owner)
        db.session.commit()
        travel(days=9)
        sweep()
        change(queue, shared=True)
        assert (queue.shared, queue.status) == (True, Status.COMPLETED)
        assert change(queue, end_date=None) == "It runs again."


class TestALongSweep:
    def test_its_last_ones_are_not_late_by_it(self, queue, post, owner, plan, sweep, clones, travel, monkeypatch):
        """Minutes go by while the first is served."""
        second = create("post", post.id, plan(), owner)
        db.session.commit()
        first_made = Run.end
        travel(hours=1)

        def slow(run, *told):
            first_made(run, *told)
            travel(minutes=3)

        monkeypatch.setattr(Run, "end", slow)
        assert sweep() == "2 runs: 2 made"
        assert [len(clones(each)) for each in (queue, second)] == [1, 1]


def test_a_target_keeps_its_distance_from_the_others(queue, post, connect, sweep, clones, travel, owner, feed):
    choose(post, [feed, connect("mastodon")])
    db.session.commit()
    late = next(target for target in post.targets if target.platform == "mastodon")
    late.offset_seconds = 3600
    db.session.commit()
    travel(hours=1)
    sweep()
    [copy] = clones(queue)
    times = {target.platform: target.due_at for target in copy.targets}
    assert times["mastodon"] - times["feed"] == timedelta(hours=1)


class TestItsCardRests:
    @pytest.fixture
    def resting(self, queue, post, board, owner):
        """The post hangs on a card in Not now."""
        post.card = board.add_card("Tea", by=owner)
        post.card.postpone(owner)
        queue.options = {**queue.options, "skip_resting": True}
        db.session.commit()
        return queue

    def test_the_run_is_left_out_and_asks_nobody(self, resting, sweep, clones, travel):
        travel(hours=1)
        assert sweep() == "1 runs: 0 made, 1 skipped"
        assert (clones(resting), resting.attention) == ([], None)
        assert Run.of(resting)[0].why == "Its card is in Not now."

    def test_awake_again_it_is_made(self, resting, post, owner, sweep, travel):
        post.card.triage_into(post.card.board.columns[0], owner)
        db.session.commit()
        travel(hours=1)
        assert sweep() == "1 runs: 1 made"

    def test_without_the_switch_it_is_made_all_the_same(self, resting, sweep, travel):
        resting.options = {**resting.options, "skip_resting": False}
        db.session.commit()
        travel(hours=1)
        assert sweep() == "1 runs: 1 made"


def test_what_was_published_by_hand_stays_as_it_is(queue, post, owner, sweep, travel, clones):
    publish_now(post, owner)
    db.session.commit()
    travel(hours=1)
    sweep()
    assert [target.state for target in clones(queue)[0].targets] == [State.SCHEDULED]
    assert db.session.scalars(select(Target).filter_by(post_id=post.id)).one().state is State.SCHEDULED


def test_deleting_a_queue_keeps_what_it_made(queue, go_on, clones):
    go_on(hours=1)
    number = queue.id
    delete(queue)
    db.session.commit()
    assert db.session.get(Queue, number) is None
    [copy] = db.session.scalars(select(Post).filter_by(created_by_queue=number))
    assert copy.targets[0].state is State.PUBLISHED
