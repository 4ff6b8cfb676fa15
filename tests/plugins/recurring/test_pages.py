"""The pages of queues: all of them, the form with what was typed, and each with its history."""

from datetime import date, timedelta

import pytest

from host import db, now
from host.testing import sign_in
from plugins.publishing import Post, choose
from plugins.publishing.removing import delete as delete_post
from plugins.recurring.changing import create, pause
from plugins.recurring.queue import Queue, Status
from plugins.recurring.run import Outcome, Run

PAGE = "/recurring"


@pytest.fixture
def theirs(app, member):
    """A browser of somebody else in the space."""
    client = app.test_client()
    sign_in(client, member)
    client.trust()
    return client


@pytest.fixture
def typed(post):
    """`typed(every="3")`: what the form of a new queue sends."""

    def made(**more):
        tomorrow = now().date() + timedelta(days=1)
        return {
            "what": f"post:{post.id}",
            "drawn_for": f"post:{post.id}",
            "every": "14",
            "unit": "days",
            "day": tomorrow.isoformat(),
            "time": "12:00",
            "zone": "Europe/Berlin",
            "max_executions": "",
            "end_date": "",
            "mode": "fixed",
            "grace_hours": "",
            "connection": [str(target.connection_id) for target in post.targets],
            **more,
        }

    return made


@pytest.fixture
def kept():
    """The newest queue, as it is stored."""

    def look():
        db.session.rollback()
        db.session.expire_all()
        return db.session.scalars(db.select(Queue).order_by(Queue.id.desc()).limit(1)).first()

    return look


def test_without_any_queue_it_says_what_to_do(client, post):
    page = client.get(PAGE).text
    assert "Nothing comes round yet" in page
    assert f'value="post:{post.id}" selected' in page
    assert "Sow this post" in page
    assert 'id="show-paused"' not in page


def test_without_anything_to_repeat_too(client, owner):
    page = client.get(PAGE).text
    assert "There is nothing to repeat yet." in page


def test_a_new_queue_begins_tomorrow_at_the_next_hour_that_is_free(client, owner, post, plan):
    owner.zone = "Asia/Tokyo"
    local = now().astimezone(owner.timezone)
    following = (local + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    tomorrow = local.date() + timedelta(days=1)
    at = following.replace(year=tomorrow.year, month=tomorrow.month, day=tomorrow.day)
    create("post", post.id, plan(at=at), owner)
    db.session.commit()
    page = client.get(PAGE).text
    assert f'name="day" value="{tomorrow}"' in page.replace(' aria-describedby=""', "")
    assert f'value="{at + timedelta(hours=1):%H:%M}"' in page
    assert 'value="Asia/Tokyo" selected' in page


def test_a_queue_is_made_as_it_was_typed(client, typed, kept, post):
    sent = typed(max_executions="10", mode="rolling", grace_hours="5", shared="1", skip_date=["2031-12-24", ""])
    answer = client.post(f"{PAGE}/queues", data=sent)
    queue = kept()
    assert (answer.status_code, answer.location) == (303, f"{PAGE}#queue-{queue.id}")
    assert (queue.every, queue.unit, queue.max_executions, queue.mode) == (14, "days", 10, "rolling")
    assert (queue.zone, queue.grace_hours, queue.shared) == ("Europe/Berlin", 5, True)
    assert queue.skip_dates == ["2031-12-24"]
    assert queue.next_time.astimezone(queue.clock).strftime("%H:%M") == "12:00"
    assert queue.options == {"connections": None, "variations": [], "shuffle": False, "skip_resting": False}
    page = client.get(PAGE).text
    assert "0 of 10 runs done" in page
    assert "every 14 days" in page


def test_weeks_are_seven_days_each(client, typed, kept):
    client.post(f"{PAGE}/queues", data=typed(every="3", unit="weeks"))
    assert (kept().every, kept().unit) == (21, "days")


def test_variations_and_connections_of_its_own(client, typed, kept, connect):
    mastodon = connect()
    db.session.commit()
    words = ["First\r\n---\r\nand its second part", "  ", "Another {n}"]
    client.post(f"{PAGE}/queues", data=typed(connection=[str(mastodon.id)], variation=words, shuffle="1"))
    options = kept().options
    assert options["connections"] == [mastodon.id]
    assert options["variations"] == [["First", "and its second part"], ["Another {n}"]]
    assert options["shuffle"] is True
    page = client.get(f"{PAGE}/queues/{kept().id}").text
    assert "First\n---\nand its second part</textarea>" in page


@pytest.mark.parametrize(
    ("field", "value", "shown", "said"),
    [
        ("every", "0", "every", "A whole number from 1 to 3660."),
        ("every", "-1", "every", "A whole number from 1 to 3660."),
        ("every", "1.5", "every", "A whole number from 1 to 3660."),
        ("every", "1000000000", "every", "A whole number from 1 to 3660."),
        ("every", "٣", "every", "A whole number from 1 to 3660."),
        ("unit", "fortnights", "unit", "Choose one of these."),
        ("mode", "sometimes", "mode", "Choose one of these."),
        ("max_executions", "many", "max_executions", "A whole number from 1 to 10000, or nothing."),
        ("grace_hours", "0", "grace_hours", "A whole number from 1 to 8784, or nothing."),
        ("day", "2020-01-01", "day", "Choose a time that is to come."),
        ("day", "soon", "day", "Choose a day and a time."),
        ("time", "", "day", "Choose a day and a time."),
        ("zone", "Mars/Olympus", "zone", "There is no time zone"),
        ("end_date", "2020-01-01", "end_date", "This day has gone by."),
        ("end_date", "never", "end_date", "Choose a day."),
        ("skip_date", "whenever", "skip_dates", "Choose a day."),
        ("connection", [], "connections", "Choose where it goes."),
        ("connection", ["99999"], "connections", "One of these is not yours to use."),
        ("what", "post:99999", "what", "There is no such post."),
        ("what", "apple:1", "what", "There is nothing of this kind to repeat."),
        ("what", "post:x", "what", "There is no such post."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client, typed, kept, field, value, shown, said):
    answer = client.post(f"{PAGE}/queues", data={**typed(every="31", grace_hours="77"), field: value})
    assert answer.status_code in (404, 422)
    assert f'id="f-{shown}-errors"' in answer.text
    assert said in answer.text
    assert 'value="77"' in answer.text or field in ("grace_hours", "what")
    assert 'value="31"' in answer.text or field == "every"
    assert kept() is None


def test_weeks_are_limited_in_weeks(client, typed, kept):
    answer = client.post(f"{PAGE}/queues", data=typed(every="523", unit="weeks"))
    assert "A whole number from 1 to 522." in answer.text
    assert 'value="weeks" selected' in answer.text
    assert kept() is None


def test_several_mistakes_are_told_together(client, typed):
    sent = typed(every="0", end_date="never", zone="Mars/Olympus", day="2020-01-01")
    page = client.post(f"{PAGE}/queues", data=sent).text
    assert all(f'id="f-{name}-errors"' in page for name in ("every", "end_date", "zone", "day"))
    assert '<details class="more" open>' in page


def test_a_post_of_another_is_not_repeated(theirs, post, typed, kept):
    answer = theirs.post(f"{PAGE}/queues", data=typed())
    assert answer.status_code == 404
    assert "There is no such post." in answer.text
    assert post.title not in answer.text
    assert kept() is None


def test_what_is_to_be_repeated_can_be_named_in_the_address(client, owner, feed, board, post):
    other = Post.draft(owner, ["Five soups, one pot"])
    choose(other, [feed])
    card = board.add_card("Clean the kettle", by=owner)
    db.session.commit()
    assert f'value="post:{other.id}" selected' in client.get(f"{PAGE}?post={other.id}").text
    page = client.get(f"{PAGE}?card={card.number}").text
    assert f'value="card:{card.number}" selected' in page
    assert "Each copy goes to" in page
    assert "Writing" in page
    assert "Sow this card" in page
    assert client.get(f"{PAGE}?post=99999").status_code == 200


def test_another_choice_draws_the_fields_of_its_kind_and_keeps_the_rest(client, typed, owner, board, kept):
    card = board.add_card("Clean the kettle", by=owner)
    db.session.commit()
    page = client.post(f"{PAGE}/queues", data=typed(what=f"card:{card.number}", do="look", every="5")).text
    assert "Each copy goes to" in page
    assert 'name="connection"' not in page
    assert 'name="every" type' not in page
    assert 'value="5"' in page
    assert kept() is None


def test_a_card_is_repeated_into_a_column(client, typed, owner, board, kept):
    card, column = board.add_card("Clean the kettle", by=owner), board.columns[1]
    db.session.commit()
    what = f"card:{card.number}"
    client.post(f"{PAGE}/queues", data=typed(what=what, drawn_for=what, column=str(column.id)))
    assert (kept().kind, kept().original_id, kept().options) == (
        "card",
        card.id,
        {"column": column.id, "number": card.number},
    )
    assert f'value="{column.id}" selected' in client.get(f"{PAGE}/queues/{kept().id}").text


def test_the_effect_is_shown_while_it_is_typed(client, typed, kept, connect):
    x = connect("x", "ada")
    db.session.commit()
    sent = typed(day="2031-03-23", time="02:30", every="7", connection=[str(x.id)])
    shown = client.post(f"{PAGE}/effect", data=sent).text
    assert "<html" not in shown
    assert "Sun 23 Mar 2031, 02:30" in shown
    assert "Sun 30 Mar 2031, 03:30" in shown
    assert "Clocks skip 02:30 that day." in shown
    assert "Sun 6 Apr 2031, 02:30" in shown
    assert "by the clocks of Europe/Berlin" in shown
    assert "ada may refuse the same words again. Add a variation." in shown
    assert "Each run costs about" in shown
    assert kept() is None


def test_what_is_no_plan_yet_has_no_effect_and_no_error(client, typed):
    answer = client.post(f"{PAGE}/effect", data=typed(every=""))
    assert answer.status_code == 200
    assert "once nothing is missing" in answer.text


def test_a_post_that_goes_nowhere_yet_asks_where_its_copies_go(client, owner, post):
    aimless = Post.draft(owner, ["The rack is full."])
    db.session.commit()
    page = client.get(f"{PAGE}?post={aimless.id}").text
    assert "The post itself goes nowhere yet. Choose where its copies go." in page
    assert "once nothing is missing" in page
    assert "goes nowhere yet" not in client.get(f"{PAGE}?post={post.id}").text


def test_the_list_is_narrowed_by_status_and_has_the_completed_last(client, owner, post, plan, sweep, travel):
    done = create("post", post.id, plan(most=1), owner)
    db.session.commit()
    travel(hours=2)
    sweep()
    active, paused = (create("post", post.id, plan(), owner) for _ in range(2))
    pause(paused, owner)
    db.session.commit()
    page = client.get(PAGE).text
    places = [page.index(f'id="queue-{queue.id}"') for queue in (active, paused, done)]
    assert places[0] < places[2]
    assert places[1] < places[2]
    assert "paused by Ada Field" in page
    only = client.get(f"{PAGE}?status=paused").text
    assert f'id="queue-{paused.id}"' in only
    assert f'id="queue-{active.id}"' not in only
    assert client.get(f"{PAGE}?status=nonsense").status_code == 200


def test_many_queues_are_shown_in_pages_and_asked_for_together(client, owner, post, plan, counted, sweep, travel):
    for _ in range(3):
        create("post", post.id, plan(), owner)
    db.session.commit()
    travel(hours=2)
    sweep()
    few = counted(lambda: client.get(PAGE))
    for _ in range(30):
        create("post", post.id, plan(), owner)
    db.session.commit()
    travel(hours=2)
    sweep()
    assert counted(lambda: client.get(PAGE)) <= few + 2
    page = client.get(PAGE).text
    assert page.count('class="panel queue') == 30
    assert client.get(f"{PAGE}?page=1").text.count('class="panel queue') == 3
    assert "Before these" in client.get(f"{PAGE}?page=999999999999999999999").text


def test_the_next_runs_of_all_come_first(client, owner, post, plan):
    often, seldom = create("post", post.id, plan(every=1), owner), create("post", post.id, plan(every=3), owner)
    db.session.commit()
    trail = client.get(PAGE).text.partition('class="trail')[2].partition("</ol>")[0]
    met = [f"/queues/{queue.id}" for queue in (often, seldom, often, often, often)]
    found = [part.partition('"')[0] for part in trail.split('href="/recurring')[1:]]
    assert sorted(found[:2]) == sorted(met[:2])
    assert found[2:] == met[2:]
    assert "1 day" in trail


def test_others_see_what_is_shared_and_change_nothing(theirs, client, queue, member):
    assert theirs.get(f"{PAGE}/queues/{queue.id}").status_code == 404
    assert queue.title not in theirs.get(PAGE).text
    queue.shared = True
    db.session.commit()
    page = theirs.get(f"{PAGE}/queues/{queue.id}")
    assert page.status_code == 200
    assert 'id="queue-form"' not in page.text
    for what in ("", "/pause", "/resume", "/run", "/delete", "/skipped", "/skipped/delete", "/effect"):
        day = {"day": now().date().isoformat()}
        assert theirs.post(f"{PAGE}/queues/{queue.id}{what}", data=day).status_code == 403, what
    db.session.expire_all()
    assert queue.status is Status.ACTIVE


def test_pausing_resuming_and_running_now_lead_back(client, queue, clones):
    place = {"back": f"{PAGE}?status=active"}
    answer = client.post(f"{PAGE}/queues/{queue.id}/pause", data=place)
    assert answer.location == place["back"]
    assert "Paused. Nothing runs until you resume it." in client.get(PAGE).text
    assert client.post(f"{PAGE}/queues/{queue.id}/pause").location == f"{PAGE}/queues/{queue.id}"
    assert "This queue is paused already." in client.get(PAGE).text
    client.post(f"{PAGE}/queues/{queue.id}/resume")
    assert "It runs next on" in client.get(PAGE).text
    client.post(f"{PAGE}/queues/{queue.id}/run")
    page = client.get(f"{PAGE}/queues/{queue.id}").text
    assert "It ran now." in page
    assert "by hand" in page
    assert len(clones(queue)) == 1


def test_what_cannot_be_run_now_says_why_and_leaves_no_trace(client, queue, feed):
    feed.held_why = "It is away."
    db.session.commit()
    client.post(f"{PAGE}/queues/{queue.id}/run")
    page = client.get(f"{PAGE}/queues/{queue.id}").text
    assert "It is away." in page
    assert "It has not run yet." in page
    assert db.session.scalars(db.select(Run)).all() == []


def test_a_day_is_left_out_and_taken_back(client, queue):
    day = (queue.next_time + timedelta(days=1)).astimezone(queue.clock).date()
    client.post(f"{PAGE}/queues/{queue.id}/skipped", data={"day": day.isoformat()})
    db.session.expire_all()
    assert queue.skip_dates == [day.isoformat()]
    page = client.get(f"{PAGE}/queues/{queue.id}").text
    assert "Left out" in page
    client.post(f"{PAGE}/queues/{queue.id}/skipped/delete", data={"day": day.isoformat()})
    db.session.expire_all()
    assert queue.skip_dates == []
    assert client.post(f"{PAGE}/queues/{queue.id}/skipped", data={"day": "x"}).status_code == 422


def test_a_queue_is_changed_by_the_same_form(client, queue, typed):
    local = queue.next_time.astimezone(queue.clock)
    sent = typed(every="2", unit="months", zone=queue.zone, day=str(local.date()), time=f"{local:%H:%M}")
    before = queue.next_time
    answer = client.post(f"{PAGE}/queues/{queue.id}", data=sent)
    assert (answer.status_code, answer.location) == (303, f"{PAGE}/queues/{queue.id}")
    db.session.expire_all()
    assert (queue.every, queue.unit, queue.next_time) == (2, "months", before)
    refused = client.post(f"{PAGE}/queues/{queue.id}", data={**sent, "every": "121"})
    assert refused.status_code == 422
    assert 'value="121"' in refused.text
    assert "A whole number from 1 to 120." in refused.text
    db.session.expire_all()
    assert queue.every == 2


def test_a_change_is_shown_before_it_is_made(client, queue, typed):
    sent = typed(every="4", day="2031-05-06", time="08:15", zone=queue.zone)
    shown = client.post(f"{PAGE}/queues/{queue.id}/effect", data=sent).text
    assert "Tue 6 May 2031, 08:15" in shown
    assert "Sat 10 May 2031, 08:15" in shown
    db.session.expire_all()
    assert queue.every == 1


def test_fewer_runs_than_were_made_complete_it_and_the_form_says_so_before(client, queue, typed, sweep, travel):
    for _ in range(2):
        travel(days=1)
        sweep()
    local = queue.next_time.astimezone(queue.clock)
    sent = typed(every="1", zone=queue.zone, day=str(local.date()), time=f"{local:%H:%M}", max_executions="2")
    said = "It has made 2 runs already, so it is completed."
    assert said in client.post(f"{PAGE}/queues/{queue.id}/effect", data=sent).text
    client.post(f"{PAGE}/queues/{queue.id}", data=sent)
    assert said in client.get(f"{PAGE}/queues/{queue.id}").text


def test_the_history_has_each_run_and_what_became_of_it(client, queue, owner, sweep, clones, travel):
    travel(hours=2)
    sweep()
    travel(days=3)
    sweep()
    first, second = clones(queue)
    delete_post(first, owner)
    db.session.commit()
    page = client.get(f"{PAGE}/queues/{queue.id}").text
    history = page.partition('id="history"')[2]
    assert f'href="/publishing/posts/{second.id}"' in history
    assert "Scheduled" in history
    assert "deleted" in history
    assert "Fallow was not running." in history
    assert "2 made, 0 published, 2 left out" in history
    assert history.index("made") < history.index("deleted")


def test_a_long_history_has_pages(client, queue):
    for day in range(25):
        made = Run(
            queue_id=queue.id, occurrence=now() - timedelta(days=day + 1), outcome=Outcome.SKIPPED, why=f"d{day}."
        )
        db.session.add(made)
    db.session.commit()
    page = client.get(f"{PAGE}/queues/{queue.id}").text
    assert "d19." in page
    assert "d20." not in page
    before = page.partition("?before=")[2].partition("#")[0]
    earlier = client.get(f"{PAGE}/queues/{queue.id}?before={before}").text
    assert "d20." in earlier
    assert "d24." in earlier
    assert "d19." not in earlier
    for odd in ("yesterday", "2026-01-01T00:00:00", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:00-14:00"):
        assert "d0." in client.get(f"{PAGE}/queues/{queue.id}?before={odd}").text


def test_an_original_that_changed_shows_both_texts(client, queue, post, sweep, travel):
    travel(hours=2)
    sweep()
    address = f"{PAGE}/queues/{queue.id}"
    assert "Changed since the last run" not in client.get(address).text
    post.texts = ["The kettle is off."]
    db.session.commit()
    page = client.get(address).text
    assert "Changed since the last run" in page
    assert "The kettle is on." in page
    assert "The kettle is off." in page


def test_a_deleted_original_is_said_and_leaves_the_history(client, queue, post, owner, sweep, travel):
    travel(hours=2)
    sweep()
    delete_post(post, owner)
    db.session.commit()
    page = client.get(f"{PAGE}/queues/{queue.id}").text
    assert "What it repeats was deleted." in page
    assert 'id="queue-form"' not in page
    assert "1 made" in page
    assert client.get(PAGE).status_code == 200


def test_deleting_a_queue_keeps_what_it_made(client, queue, sweep, clones, travel):
    travel(hours=2)
    sweep()
    [copy] = clones(queue)
    number = queue.id
    answer = client.post(f"{PAGE}/queues/{number}/delete", data={"back": PAGE})
    assert answer.location == PAGE
    assert "The queue is gone. What it made stays." in client.get(PAGE).text
    assert client.get(f"{PAGE}/queues/{number}").status_code == 404
    db.session.expire_all()
    assert db.session.get(Post, copy.id) is not None
    assert client.get(f"/publishing/posts/{copy.id}").status_code == 200


def test_looking_changes_nothing(client, queue):
    for address in (PAGE, f"{PAGE}/queues/{queue.id}", f"{PAGE}?post={queue.original_id}"):
        assert client.get(address).status_code == 200
    assert db.session.scalar(db.select(db.func.count()).select_from(Queue)) == 1


def test_the_last_day_is_kept_when_it_has_gone_by(client, queue, typed, travel):
    """A queue that ended is looked at and saved without a complaint of its old last day."""
    queue.end_date = date(2020, 1, 1)
    db.session.commit()
    local = queue.next_time.astimezone(queue.clock)
    sent = typed(zone=queue.zone, day=str(local.date()), time=f"{local:%H:%M}", every="1", end_date="2020-01-01")
    assert client.post(f"{PAGE}/queues/{queue.id}", data=sent).status_code == 303


def test_only_what_hangs_on_a_card_asks_whether_to_skip_with_it(client, typed, kept, post, owner, board):
    said = "Skip if the card is in Not now"
    assert said not in client.get(PAGE).text
    post.card = board.add_card("Launch the kettle", by=owner)
    db.session.commit()
    page = client.get(PAGE).text
    assert 'name="skip_resting" value="1" checked' in page
    client.post(f"{PAGE}/queues", data=typed(skip_resting="1"))
    assert kept().options["skip_resting"] is True


def test_a_paused_queue_shows_no_runs_but_says_when_there_are_some(client, queue, owner, typed):
    pause(queue, owner)
    db.session.commit()
    assert "It is paused, and runs once you resume it." in client.get(f"{PAGE}/queues/{queue.id}").text


def test_what_is_wrong_with_a_queue_is_seen_in_the_list(client, queue, owner):
    queue.fail("The network is away.")
    db.session.commit()
    assert "The network is away." in client.get(PAGE).text
    page = client.get(f"{PAGE}/queues/{queue.id}").text
    assert "It is tried again" in page
    reason = "@ada refused it as a repeat twice in a row. Add a variation, then resume."
    queue.pause(reason)
    db.session.commit()
    assert reason in client.get(PAGE).text


def test_a_time_elsewhere_names_its_zone(client, queue, owner):
    owner.zone = "Europe/Berlin"
    db.session.commit()
    local = queue.next_time.astimezone(queue.clock)
    assert f"every day, {local:%H:%M} in Asia/Tokyo" in client.get(f"{PAGE}/queues/{queue.id}").text
    owner.zone = "Asia/Tokyo"
    db.session.commit()
    assert "in Asia/Tokyo" not in client.get(f"{PAGE}/queues/{queue.id}").text


def test_a_long_series_shows_the_plots_around_the_next(client, owner, post, plan):
    queue = create("post", post.id, plan(most=200), owner)
    queue.executions = 100
    db.session.commit()
    page = client.get(f"{PAGE}/queues/{queue.id}").text
    plots = page.partition('class="plots"')[2].partition("</div>")[0]
    assert (plots.count("<i data-done>"), plots.count("<i data-next>"), plots.count("<i>")) == (5, 1, 6)
    assert "100 of 200 runs done" in plots


def test_a_queue_with_seconds_keeps_them_where_its_time_was_left(client, owner, post, plan, typed):
    at = (now() + timedelta(days=2)).replace(second=17, microsecond=0)
    queue = create("post", post.id, plan(at=at), owner)
    db.session.commit()
    local = at.astimezone(queue.clock)
    sent = typed(every="5", zone=queue.zone, day=str(local.date()), time=f"{local:%H:%M}")
    client.post(f"{PAGE}/queues/{queue.id}", data=sent)
    db.session.expire_all()
    assert (queue.every, queue.next_time) == (5, at)


def test_a_copy_that_one_may_not_see_is_not_called_deleted(theirs, queue, post, sweep, travel):
    queue.shared = True
    db.session.commit()
    travel(hours=2)
    sweep()
    page = theirs.get(f"{PAGE}/queues/{queue.id}").text
    assert "1 made" in page
    assert "deleted" not in page.partition('id="history"')[2]
    assert "/publishing/posts/" not in page


def test_an_admin_changes_the_days_of_a_shared_queue_but_not_what_they_may_not_see(app, client, member, plan, feed):
    post = Post.draft(member, ["A secret kettle."])
    choose(post, [feed])
    queue = create("post", post.id, plan(shared=True, options={"variations": [["A second secret."]]}), member)
    db.session.commit()
    local = queue.next_time.astimezone(queue.clock)
    page = client.get(f"{PAGE}/queues/{queue.id}").text
    assert "A second secret." not in page
    sent = {"every": "6", "unit": "days", "day": str(local.date()), "time": f"{local:%H:%M}", "shared": "1"}
    assert client.post(f"{PAGE}/queues/{queue.id}", data=sent).status_code == 303
    db.session.expire_all()
    assert (queue.every, queue.options["variations"]) == (6, [["A second secret."]])


def test_where_a_refused_form_was_sent_to_leads_back(client, owner):
    assert client.get(f"{PAGE}/queues").location == PAGE


@pytest.mark.parametrize("page", ["-1", "-9223372036854775808", "9" * 5000, "x"])
def test_a_page_before_the_first_is_the_first(client, queue, page):
    answer = client.get(f"{PAGE}?page={page}")
    assert answer.status_code == 200
    assert f"queue-{queue.id}" in answer.text


def test_what_is_typed_wrong_is_refused_with_what_was_typed(client, typed):
    answer = client.post(f"{PAGE}/queues", data=typed(every="0", max_executions="7"))
    assert answer.status_code == 422
    assert 'value="7"' in answer.text
    assert db.session.scalars(db.select(Queue)).all() == []


def test_of_a_queue_that_is_anothers_nothing_is_said_whatever_is_typed(theirs, queue):
    for action in ("skipped", "skipped/delete"):
        assert theirs.post(f"{PAGE}/queues/{queue.id}/{action}", data={"day": "some day"}).status_code == 404
