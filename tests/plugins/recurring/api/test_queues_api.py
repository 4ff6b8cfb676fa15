"""Queues as programs make, read, change and run them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from host import Board, db, now
from host.models.token import Scope
from plugins.publishing import Post, choose
from plugins.publishing.removing import delete as delete_post
from plugins.recurring.changing import create
from plugins.recurring.queue import Queue
from plugins.recurring.run import Run

FIELDS = {"every": 3, "next_time": "2030-05-01T10:00:00Z", "zone": "Europe/Berlin"}


@pytest.fixture
def given(post):
    """What makes a queue of Ada's post."""
    return {"original": post.id, **FIELDS}


def kept():
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(Queue))


def as_it_is(queue):
    """All its columns."""
    db.session.expire_all()
    return {each.name: getattr(queue, each.name) for each in Queue.__table__.columns}


def test_one_is_made_with_all_that_it_says(ask, given, owner, post, feed):
    more = {
        "unit": "months",
        "mode": "rolling",
        "max_executions": 12,
        "end_date": "2031-05-01",
        "skip_dates": ["2030-12-24", "2030-06-01"],
        "grace_hours": 6,
        "shared": True,
        "options": {"connections": [feed.id], "variations": [["Tea"]], "shuffle": True, "skip_resting": True},
    }
    answer = ask("POST", "/queues", {**given, **more})
    assert answer.status_code == 201, answer.json
    told = answer.json
    assert {name: told[name] for name in more} == {**more, "skip_dates": ["2030-06-01", "2030-12-24"]}
    assert (told["status"], told["kind"], told["executions"], told["owner_id"]) == ("active", "post", 0, owner.id)
    assert (told["next_time"], told["local_time"]) == ("2030-05-01T10:00:00+00:00", "12:00:00")
    assert (told["original"]["id"], told["original"]["title"]) == (post.id, "The kettle is on.")
    assert told["original"]["url"].endswith(f"/publishing/posts/{post.id}")
    assert ask("GET", f"/queues/{told['id']}").json == told


def test_what_is_not_said_is_as_usual(ask, given):
    told = ask("POST", "/queues", given).json
    usual = ("unit", "mode", "max_executions", "end_date", "skip_dates", "grace_hours", "shared")
    assert [told[name] for name in usual] == ["days", "fixed", None, None, [], None, False]
    assert told["options"]["connections"] is None


def test_without_a_zone_it_is_that_of_the_person(ask, given, owner):
    owner.zone = "Asia/Tokyo"
    db.session.commit()
    del given["zone"]
    told = ask("POST", "/queues", given).json
    assert (told["zone"], told["local_time"]) == ("Asia/Tokyo", "19:00:00")


def test_a_clocks_time_is_meant_in_its_zone(ask, given):
    told = ask("POST", "/queues", {**given, "next_time": "2030-07-01T09:30"}).json
    assert told["next_time"] == "2030-07-01T07:30:00+00:00"


def test_a_card_is_named_by_its_number(ask, owner, board):
    card = board.add_card("Weekly report", by=owner)
    db.session.commit()
    column = board.columns[0].id
    told = ask("POST", "/queues", {**FIELDS, "kind": "card", "original": card.number, "options": {"column": column}})
    assert (told.status_code, told.json["options"]) == (201, {"column": column, "number": card.number})
    assert told.json["original"]["url"].endswith(f"/cards/{card.number}")


BAD = [
    ("every", 0),
    ("every", -1),
    ("every", 1.5),
    ("every", 10**9),
    ("every", 10**400),
    ("every", True),
    ("every", "3"),
    ("every", None),
    ("unit", "weeks"),
    ("next_time", "2020-01-01T00:00:00Z"),
    ("next_time", "2099-01-01T00:00:00Z"),
    ("next_time", "9999-12-31T23:59:00Z"),
    ("next_time", "0001-01-01T00:00:00+14:00"),
    ("next_time", "soon"),
    ("next_time", None),
    ("zone", "Berlin"),
    ("zone", "Europe"),
    ("mode", "sometimes"),
    ("max_executions", 0),
    ("max_executions", 10**9),
    ("max_executions", 2.5),
    ("end_date", "2020-01-01"),
    ("skip_dates", ["tomorrow"]),
    ("skip_dates", [str(date(2031, 1, 1) + timedelta(days=day)) for day in range(401)]),
    ("grace_hours", 0),
    ("grace_hours", True),
    ("options", {"connections": [4711]}),
    ("options", {"connections": []}),
    ("options", {"connections": "all"}),
    ("options", {"connections": [{}]}),
    ("options", {"variations": [[{}]]}),
    ("options", {"variations": [[f"Words {n}"] for n in range(21)]}),
    ("options", {"column": "Doing"}),
    ("surprise", 1),
]
BAD_NEW = [
    ("kind", "cats"),
    ("kind", "orchard.apple"),
    ("original", 0),
    ("original", 2**63),
    ("original", "1"),
    ("next_time", "2030-03-31T02:30"),
    ("end_date", "2030-04-30"),
]


def named(cases):
    return [f"{field} {str(value)[:20]}" for field, value in cases]


@pytest.mark.sqlite_only("what is refused never comes to the database")
@pytest.mark.parametrize(("field", "value"), [*BAD, *BAD_NEW], ids=named([*BAD, *BAD_NEW]))
def test_bad_input_is_told_by_its_field_and_nothing_is_kept(ask, given, field, value):
    answer = ask("POST", "/queues", {**given, field: value})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json"), answer.json
    fields = {"options": {"connections", "variations", "column", "options"}}.get(field, {field})
    assert {name.partition(".")[0] for name in answer.json["errors"]} <= fields
    assert kept() == 0


@pytest.mark.parametrize("field", ["original", "every", "next_time"])
def test_what_is_needed_is_asked_for(ask, given, field):
    del given[field]
    answer = ask("POST", "/queues", given)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


@pytest.mark.sqlite_only("what is refused never comes to the database")
@pytest.mark.parametrize(("field", "value"), BAD, ids=named(BAD))
def test_a_bad_change_changes_nothing(ask, queue, field, value):
    before = as_it_is(queue)
    answer = ask("PATCH", f"/queues/{queue.id}", {field: value})
    assert answer.status_code == 422, answer.json
    assert as_it_is(queue) == before


def test_a_post_that_is_missing_deleted_or_foreign_is_not_repeated(ask, ben, given, post, owner, stranger):
    assert ask("POST", "/queues", {**given, "original": 4711}).status_code == 404
    foreign = Post.draft(stranger, ["Secret"])
    db.session.commit()
    assert ask("POST", "/queues", {**given, "original": foreign.id}).status_code == 404
    assert ben("POST", "/queues", given).status_code == 404
    post.shared = True
    db.session.commit()
    assert ben("POST", "/queues", given).status_code == 403
    delete_post(post, owner)
    db.session.commit()
    assert ask("POST", "/queues", given).status_code == 404
    assert kept() == 0


def test_a_card_that_one_may_not_see_is_not_repeated(ask, member):
    closed = Board.create("Secret", by=member, all_access=False, columns=["Secret"])
    card = closed.add_card("Secret", by=member)
    db.session.commit()
    answer = ask("POST", "/queues", {**FIELDS, "kind": "card", "original": card.number})
    assert (answer.status_code, kept()) == (404, 0)


def test_a_column_of_another_board_is_refused(ask, owner, board):
    card, other = board.add_card("Report", by=owner), Board.create("Other", by=owner, columns=["There"])
    db.session.commit()
    body = {**FIELDS, "kind": "card", "original": card.number, "options": {"column": other.columns[0].id}}
    answer = ask("POST", "/queues", body)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["column"])


def test_only_what_is_given_is_changed(ask, queue):
    before = as_it_is(queue)
    answer = ask("PATCH", f"/queues/{queue.id}", {"max_executions": 7})
    assert (answer.status_code, answer.json["max_executions"]) == (200, 7)
    assert as_it_is(queue) == {**before, "max_executions": 7}
    ask("PATCH", f"/queues/{queue.id}", {"options": {"shuffle": True}})
    ask("PATCH", f"/queues/{queue.id}", {"options": {"variations": [["Tea"]]}})
    assert queue.options == {**before["options"], "shuffle": True, "variations": [["Tea"]]}
    assert ask("PATCH", f"/queues/{queue.id}", {}).status_code == 200


def test_another_time_of_the_next_run_holds_as_it_is_given(ask, queue):
    told = ask("PATCH", f"/queues/{queue.id}", {"next_time": "2030-05-01T10:00:00Z"}).json
    assert (told["next_time"], told["local_time"]) == ("2030-05-01T10:00:00+00:00", "19:00:00")


def test_another_zone_keeps_the_time_of_the_day(ask, post, plan, owner):
    berlin_s_morning = datetime(2030, 7, 1, 7, tzinfo=UTC)
    queue = create("post", post.id, plan(at=berlin_s_morning), owner)
    db.session.commit()
    told = ask("PATCH", f"/queues/{queue.id}", {"zone": "America/New_York"}).json
    assert (told["local_time"], told["next_time"]) == ("16:00:00", "2030-07-01T20:00:00+00:00")


def test_a_maximum_that_is_reached_completes_it_and_says_so(ask, queue, sweep, travel):
    for _day in range(2):
        travel(days=1)
        sweep()
    told = ask("PATCH", f"/queues/{queue.id}", {"max_executions": 2}).json
    assert (told["status"], told["next_time"]) == ("completed", None)
    assert told["notes"] == ["It has made 2 runs already, so it is completed."]


def test_what_its_owner_should_know_is_noted(ask, given, connect, post):
    choose(post, [connect("x", "@ada")])
    db.session.commit()
    notes = ask("POST", "/queues", given).json["notes"]
    assert notes[:2] == [
        "@ada gets it every 7 days at most, so some runs leave it out.",
        "@ada may refuse the same words again. Add a variation.",
    ]
    assert notes[2].startswith("Each run costs about $")


def test_one_whose_original_is_gone_is_not_changed(ask, queue, post, owner):
    delete_post(post, owner)
    db.session.commit()
    answer = ask("PATCH", f"/queues/{queue.id}", {"every": 2})
    assert (answer.status_code, answer.json["detail"]) == (409, "What it repeats was deleted.")
    assert ask("GET", f"/queues/{queue.id}").json["original"] is None


def test_one_is_deleted_and_what_it_made_stays(ask, queue, sweep, travel, clones):
    number = queue.id
    travel(days=1)
    sweep()
    [copy] = clones(queue)
    assert ask("DELETE", f"/queues/{number}").status_code == 204
    assert ask("GET", f"/queues/{number}").status_code == 404
    assert (kept(), db.session.scalar(select(func.count()).select_from(Run))) == (0, 0)
    assert (copy.created_by_queue, copy.targets[0].state) == (number, "scheduled")


def test_it_is_paused_and_resumed_once_each(ask, queue):
    at = f"/queues/{queue.id}/pause"
    assert ask("DELETE", at).status_code == 409
    paused = ask("PUT", at).json
    assert (paused["status"], paused["reason"]) == ("paused", "Paused by Ada Field.")
    before = as_it_is(queue)
    assert (ask("PUT", at).status_code, as_it_is(queue)) == (409, before)
    resumed = ask("DELETE", at).json
    assert (resumed["status"], resumed["reason"]) == ("active", None)
    before = as_it_is(queue)
    assert (ask("DELETE", at).status_code, as_it_is(queue)) == (409, before)


@pytest.mark.parametrize(("method", "path"), [("PUT", "pause"), ("DELETE", "pause"), ("POST", "runs")])
def test_a_completed_one_is_neither_paused_nor_resumed_nor_run(ask, queue, method, path):
    queue.complete("All runs are done.")
    db.session.commit()
    before = as_it_is(queue)
    answer = ask(method, f"/queues/{queue.id}/{path}")
    assert (answer.status_code, answer.json["detail"]) == (409, "This queue is completed.")
    assert as_it_is(queue) == before


def test_run_now_counts_and_leaves_what_is_next(ask, queue, clones):
    next_time = queue.next_time
    answer = ask("POST", f"/queues/{queue.id}/runs")
    assert (answer.status_code, answer.json["outcome"], answer.json["by_hand"]) == (201, "made", True)
    assert (queue.executions, queue.next_time, len(clones(queue))) == (1, next_time, 1)


def test_a_second_click_runs_nothing(ask, queue, clones, travel):
    ask("POST", f"/queues/{queue.id}/runs")
    answer = ask("POST", f"/queues/{queue.id}/runs")
    assert (answer.status_code, answer.json["detail"]) == (409, "It has just run.")
    assert len(clones(queue)) == 1
    travel(minutes=1)
    assert ask("POST", f"/queues/{queue.id}/runs").status_code == 201


def test_run_now_says_what_stands_in_the_way_and_writes_nothing(ask, queue, feed):
    queue.options = {**queue.options, "connections": [feed.id]}
    feed.removed_at = now()
    db.session.commit()
    answer = ask("POST", f"/queues/{queue.id}/runs")
    assert answer.status_code == 409
    assert "not connected" in answer.json["detail"]
    assert (queue.executions, Run.of(queue)) == (0, [])


def test_its_runs_are_told_the_latest_first_with_what_became_of_them(ask, queue, sweep, travel, clones):
    travel(days=3)
    sweep()
    runs = ask("GET", f"/queues/{queue.id}/runs")
    assert [run["outcome"] for run in runs.json] == ["made", "skipped", "skipped"]
    assert runs.headers["X-Total-Count"] == "3"
    [copy] = clones(queue)
    assert runs.json[0]["made"]["id"] == copy.id
    assert (runs.json[0]["made"]["words"], runs.json[0]["number"]) == ("Scheduled", 1)
    assert (runs.json[1]["made"], runs.json[1]["why"]) == (None, "Fallow was not running.")
    delete_post(copy, copy.author)
    db.session.commit()
    assert ask("GET", f"/queues/{queue.id}/runs?per_page=1").json[0]["made"] is None


def test_what_is_to_come_is_told_as_far_as_one_asks(ask, queue, given):
    assert len(ask("GET", f"/queues/{queue.id}/forecast").json) == 5
    told = ask("GET", f"/queues/{queue.id}/forecast?count=2").json
    assert [run["number"] for run in told] == [1, 2]
    assert told[0]["at"] == queue.next_time.isoformat()
    assert told[0]["local"] == queue.next_time.astimezone(queue.clock).isoformat()
    for count in (0, 61, "many"):
        assert ask("GET", f"/queues/{queue.id}/forecast?count={count}").status_code == 422
    ask("PUT", f"/queues/{queue.id}/pause")
    assert ask("GET", f"/queues/{queue.id}/forecast").json == []


def test_the_forecast_says_where_clocks_are_changed(ask, given):
    body = {**given, "every": 1, "zone": "America/New_York"}
    skips = ask("POST", "/queues", {**body, "next_time": "2030-03-09T02:30"}).json["id"]
    notes = [(run["local"][11:16], run["note"]) for run in ask("GET", f"/queues/{skips}/forecast?count=3").json]
    assert notes == [("02:30", ""), ("03:30", "Clocks skip 02:30 that day."), ("02:30", "")]
    twice = ask("POST", "/queues", {**body, "next_time": "2030-11-02T01:30"}).json["id"]
    notes = [run["note"] for run in ask("GET", f"/queues/{twice}/forecast?count=3").json]
    assert notes == ["", "Clocks show this time twice; it is the first.", ""]


def test_they_are_listed_by_status_by_their_next_time(ask, post, plan, owner):
    made = [create("post", post.id, plan(at=now() + timedelta(days=days)), owner) for days in (3, 1, 2, 4)]
    made[1].pause("Paused by Ada Field.")
    made[2].complete("All runs are done.")
    db.session.commit()
    ids = [queue.id for queue in made]
    listed = ask("GET", "/queues")
    assert [each["id"] for each in listed.json] == [ids[1], ids[0], ids[3], ids[2]]
    assert {each["original"]["title"] for each in listed.json} == {"The kettle is on."}
    for status, expected in (("active", [0, 3]), ("paused", [1]), ("completed", [2])):
        assert [each["id"] for each in ask("GET", f"/queues?status={status}").json] == [ids[each] for each in expected]
    assert ask("GET", "/queues?status=asleep").status_code == 422


def test_a_list_costs_the_same_however_long_it_is(ask, post, plan, owner, board):
    def cost():
        seen = []
        db.session.remove()
        event.listen(db.engine, "before_cursor_execute", note := lambda *told: seen.append(told[2]))
        try:
            assert ask("GET", "/queues").status_code == 200
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    card = board.add_card("Report", by=owner)
    person, post_id, number = owner.id, post.id, card.number
    for kind, named in (("post", post_id), ("card", number)):
        create(kind, named, plan(), owner)
    db.session.commit()
    few = cost()
    again = db.session.get_one(type(owner), person)
    for kind, named in (("post", post_id), ("card", number)) * 4:
        create(kind, named, plan(), again)
    db.session.commit()
    assert cost() == few


PATHS = [
    ("GET", "", None),
    ("PATCH", "", {"every": 2}),
    ("DELETE", "", None),
    ("PUT", "/pause", None),
    ("DELETE", "/pause", None),
    ("POST", "/runs", None),
    ("GET", "/runs", None),
    ("GET", "/forecast", None),
]


def test_of_others_queues_there_is_nothing(program, queue, member, stranger):
    before = as_it_is(queue)
    for person in (member, stranger):
        ask = program(person)
        assert ask("GET", "/queues").json == []
        for method, path, body in PATHS:
            assert ask(method, f"/queues/{queue.id}{path}", body).status_code == 404, (method, path)
    assert as_it_is(queue) == before


def test_a_shared_one_is_seen_by_the_space_and_changed_by_its_owner_and_admins(ask, ben, queue, owner, member):
    queue.shared, queue.owner = True, member
    db.session.commit()
    assert [each["id"] for each in ask("GET", "/queues").json] == [queue.id]
    assert ask("PATCH", f"/queues/{queue.id}", {"every": 2}).status_code == 200
    queue.owner = owner
    db.session.commit()
    assert [each["id"] for each in ben("GET", "/queues").json] == [queue.id]
    for method, path, body in PATHS:
        assert ben(method, f"/queues/{queue.id}{path}", body).status_code == (200 if method == "GET" else 403)


def test_what_others_may_not_see_is_not_shown_by_a_queue_either(ben, queue):
    queue.shared = True
    db.session.commit()
    [listed] = ben("GET", "/queues").json
    assert listed["original"] is None
    assert listed["title"] == "The kettle is on."


def test_without_a_token_there_is_nothing(anonymous, queue):
    paths = [(method, f"/{queue.id}{path}", body) for method, path, body in PATHS]
    for method, path, body in [*paths, ("GET", "", None), ("POST", "", {})]:
        assert anonymous.open(f"/api/v1/queues{path}", method=method, json=body).status_code == 401, (method, path)


def test_a_token_that_may_only_read_changes_nothing(program, queue, owner):
    ask = program(owner, Scope.READ)
    before = as_it_is(queue)
    for method, path, body in PATHS:
        assert ask(method, f"/queues/{queue.id}{path}", body).status_code == (200 if method == "GET" else 403)
    assert as_it_is(queue) == before
