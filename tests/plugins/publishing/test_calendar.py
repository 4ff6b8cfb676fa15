"""The calendar: each post once on every day on which some of it goes out, in the times of whoever looks."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from host import User, db, now
from host.testing import sign_in
from plugins.publishing.calendar import Calendar
from plugins.publishing.looks import DRAFT, FAILED, MISSED, PUBLISHED, SCHEDULED, UNCONFIRMED, look_of
from plugins.publishing.outcomes import Held
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.span import Span, View
from plugins.publishing.states import State


@pytest.fixture
def calendar(owner):
    """calendar(): Ada's month, as of now."""

    def of(person: User = owner, at: datetime | None = None, view: View = View.MONTH, only=()) -> Calendar:
        day = (at or now()).astimezone(person.timezone).date()
        return Calendar(person, Span(view, day), only)

    return of


@pytest.fixture
def plant(owner, connection):
    """plant(at, state): a post of Ada's on this moment."""

    def made(at: datetime, state: State = State.SCHEDULED, text: str = "Planted", *connections) -> Post:
        post = Post.draft(owner, [text])
        choose(post, connections or [connection])
        for target in post.targets:
            target.state, target.due_at = state, at
        db.session.commit()
        return post

    return made


def shown(calendar: Calendar) -> dict[date, list[str]]:
    return {day.date: [entry.title for entry in day.entries] for day in calendar.days if day.entries}


def test_a_post_stands_on_its_day_with_its_networks(calendar, plant, connection, connect, owner):
    at = now() + timedelta(minutes=1)
    plant(at, State.SCHEDULED, "Two places", connection, connect("bluesky", "ada.example"))
    day = at.astimezone(owner.timezone).date()
    assert shown(calendar(at=at)) == {day: ["Two places"]}
    (entry,) = next(each for each in calendar(at=at).days if each.date == day).entries
    assert [glyph.title for glyph in entry.glyphs] == ["Mastodon", "Bluesky"]
    assert (entry.look, entry.at) == (SCHEDULED, at)


def test_a_post_with_two_days_stands_on_both(calendar, post, connect, owner):
    choose(post, [post.targets[0].connection, connect("bluesky", "ada.example")])
    day = datetime(2031, 5, 6, 10, tzinfo=UTC)
    schedule(post, day, owner, own={post.targets[1].connection_id: day + timedelta(days=2)})
    db.session.commit()
    assert [at.day for at in shown(calendar(at=day))] == [6, 8]


def test_days_are_those_of_whoever_looks(calendar, plant, owner):
    owner.zone = "Pacific/Auckland"
    plant(datetime(2031, 5, 6, 20, tzinfo=UTC))
    assert list(shown(calendar(at=datetime(2031, 5, 7, tzinfo=UTC)))) == [date(2031, 5, 7)]


@pytest.mark.parametrize(
    ("states", "look"),
    [
        ([], DRAFT),
        ([State.PUBLISHED, State.FAILED], FAILED),
        ([State.FAILED, State.UNCONFIRMED], UNCONFIRMED),
        ([State.PUBLISHED, State.MISSED], MISSED),
        ([State.PUBLISHED, State.SCHEDULED], SCHEDULED),
        ([State.PUBLISHED, State.CANCELLED], PUBLISHED),
    ],
)
def test_the_loudest_state_is_drawn(states, look):
    assert look_of(states) is look


def test_a_post_whose_connection_cannot_publish_is_held(calendar, plant, connection):
    connection.hold(Held("Connect it again."))
    plant(now())
    assert next(entry for day in calendar().days for entry in day.entries).look.words == "Held"


def test_drafts_stand_on_their_day_or_apart(calendar, owner):
    undated, dated = Post.draft(owner, ["Some day"]), Post.draft(owner, ["That day"])
    dated.at = now()
    db.session.commit()
    assert [entry.post_id for entry in calendar().drafts] == [undated.id]
    assert list(shown(calendar()).values()) == [["That day"]]


def test_only_some_states_are_shown_and_all_are_counted(calendar, plant):
    plant(now(), State.FAILED, "Failed")
    plant(now(), State.PUBLISHED, "Out")
    assert list(shown(calendar(only=["failed"])).values()) == [["Failed"]]
    counts = {sign.look.key: (sign.count, sign.on) for sign in calendar(only=["failed"]).signs}
    assert (counts["failed"], counts["published"], counts["missed"]) == ((1, True), (1, False), (0, False))


def test_posts_of_others_are_not_there_unless_they_are_shared(calendar, plant, member):
    post = plant(now())
    assert shown(calendar(member)) == {}
    post.shared = True
    db.session.commit()
    assert list(shown(calendar(member)).values()) == [["Planted"]]


@pytest.fixture
def asked(app):
    """asked(act): the statements that it makes."""
    heard = []

    def hear(*args) -> None:
        heard.append((args[2], args[3]))

    def listen(act):
        heard.clear()
        act()
        return list(heard)

    event.listen(db.engine, "before_cursor_execute", hear)
    yield listen
    event.remove(db.engine, "before_cursor_execute", hear)


def test_as_many_statements_for_many_posts_as_for_one(calendar, plant, owner, asked):
    def look() -> None:
        found = calendar()
        assert found.days
        assert found.signs

    plant(now())
    Post.draft(owner, ["Undated"])
    few = len(asked(look))
    for number in range(20):
        plant(now() + timedelta(minutes=number))
        Post.draft(owner, ["Undated"])
    assert owner.timezone
    assert (few, len(asked(look))) == (3, 3)


@pytest.mark.sqlite_only("PostgreSQL reads so few rows without an index")
def test_a_month_is_read_by_its_index(calendar, plant, asked):
    plant(now())
    statements = asked(lambda: calendar().days)
    query, values = next(each for each in statements if "publishing_target.due_at >=" in each[0])
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()
    assert "ix_publishing_target_account_id_due_at" in " ".join(str(row[-1]) for row in plan)


@pytest.mark.parametrize(
    ("view", "day", "first", "last", "title"),
    [
        (View.MONTH, date(2026, 2, 14), date(2026, 1, 26), date(2026, 3, 1), "February 2026"),
        (View.MONTH, date(2027, 2, 14), date(2027, 2, 1), date(2027, 2, 28), "February 2027"),
        (View.LIST, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31), "December 2026"),
        (View.WEEK, date(2026, 1, 1), date(2025, 12, 29), date(2026, 1, 4), "29 December to 4 January 2026"),
        (View.WEEK, date(2026, 1, 14), date(2026, 1, 12), date(2026, 1, 18), "12 to 18 January 2026"),
    ],
)
def test_the_days_of_a_span(view, day, first, last, title):
    span = Span(view, day)
    assert (span.days[0], span.days[-1], span.title) == (first, last, title)


def test_a_span_leads_to_its_neighbours():
    month, week = Span(View.MONTH, date(2026, 12, 31)), Span(View.WEEK, date(2026, 12, 31))
    assert (month.previous_first, month.next_first) == (date(2026, 11, 1), date(2027, 1, 1))
    assert (week.previous_first, week.next_first) == (date(2026, 12, 21), date(2027, 1, 4))


@pytest.mark.parametrize("asked", ["", "?view=year&day=x", "?day=0001-01-01", "?day=9999-12-31", "?show=nothing"])
def test_an_address_that_asks_for_nothing_known_shows_this_month(client, owner, asked):
    today = now().astimezone(owner.timezone).date()
    assert f"<h1>{today:%B} {today.year}</h1>" in client.get(f"/publishing{asked}").text


@pytest.mark.parametrize("view", list(View))
def test_each_view_is_a_page(client, scheduled, owner, view):
    day = scheduled.due_at.astimezone(owner.timezone).date()
    page = client.get(f"/publishing?view={view}&day={day}").text
    assert re.search(r'data-state="scheduled"[^>]*data-movable', page)
    assert "The kettle is on." in page
    assert 'role="img" aria-label="Mastodon"' in page


def test_nobody_signed_in_sees_nothing(anonymous):
    assert anonymous.get("/publishing").status_code == 302


def test_the_top_bar_leads_there(client):
    assert re.search(r'<a class="nav" href="/publishing">.*?Posts', client.get("/boards").text)


def test_from_the_calendar_posts_come_in_and_go_out_by_files(client):
    assert 'href="/publishing/import"' in client.get("/publishing").text


def test_a_member_sees_their_own_calendar(client, scheduled, member):
    sign_in(client, member)
    assert "The kettle is on." not in client.get("/publishing").text
