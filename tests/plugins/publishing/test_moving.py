"""Posts in the calendar, moved to another day with the hour they had, and back."""

import re
from datetime import date, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from host import Invalid, db, now
from host.testing import sign_in
from plugins.publishing import moving, undo
from plugins.publishing.moving import Item
from plugins.publishing.post import Post, TooLate
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.slot import Slot
from plugins.publishing.states import State, Status

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def day(owner):
    """day(target): on which it stands in Ada's calendar, or `days` later."""

    def of(target, days: int = 0) -> date:
        return target.due_at.astimezone(owner.timezone).date() + timedelta(days=days)

    return of


@pytest.fixture
def move(client):
    """move("1@2026-03-09", do="place", day=…): what the calendar sends; the page that follows."""

    def send(*items, path: str = "/publishing/moves", **values) -> str:
        page = client.post(path, data={"item": list(items), **values}, follow_redirects=True).text
        db.session.expire_all()
        return page

    return send


def test_on_another_day_it_has_its_old_hour(scheduled, soon, move, day):
    page = move(f"{scheduled.post_id}@{day(scheduled)}", do="place", day=str(day(scheduled, 3)))
    assert scheduled.due_at == soon + timedelta(days=3)
    assert scheduled.state is State.SCHEDULED
    assert (scheduled.next_at, scheduled.post.at) == (scheduled.due_at,) * 2
    assert "1 post has moved." in page


def test_the_hour_is_that_of_the_wall_when_summer_ends(post, owner):
    owner.zone = "Europe/Berlin"
    before = datetime(2031, 10, 25, 9, 30, tzinfo=owner.timezone)
    schedule(post, before, owner, zone=owner.zone)
    moving.move([Item(post, before.date())], owner, 1)
    assert post.targets[0].due_at.astimezone(owner.timezone) == datetime(2031, 10, 26, 9, 30, tzinfo=owner.timezone)
    assert post.targets[0].due_at - before == timedelta(hours=25)


def test_undo_puts_the_old_times_back(scheduled, soon, client, move, day):
    page = move(f"{scheduled.post_id}@{day(scheduled)}", do="move", days="5")
    was = unescape(re.search(r'name="was" value="([^"]+)"', page)[1])
    assert "As it was." in move(path="/publishing/moves/undo", was=was)
    assert (scheduled.due_at, scheduled.next_at, scheduled.own_at) == (soon.replace(microsecond=0),) * 2 + (None,)


@pytest.mark.parametrize("was", ["", "nothing", "1:x", "99999:1", "1:1;2.3", "1:99999999999999999", "9" * 30 + ":1"])
def test_an_undo_that_was_not_written_here_does_nothing(scheduled, soon, move, was):
    move(path="/publishing/moves/undo", was=was)
    assert scheduled.due_at == soon


def test_only_what_goes_out_on_that_day_moves(post, connect, owner, soon):
    other = connect("bluesky", "ada.example")
    choose(post, [post.targets[0].connection, other])
    schedule(post, soon, owner, own={other.id: soon + timedelta(days=4)})
    item = Item(post, (soon + timedelta(days=4)).astimezone(owner.timezone).date())
    moving.move([item], owner, 2)
    assert [target.due_at for target in post.targets] == [soon, soon + timedelta(days=6)]
    assert post.at == soon


def test_the_past_is_refused_and_all_stays(scheduled, soon, owner, move, day):
    other = Post.draft(owner, ["Other"])
    other.at = soon + timedelta(days=9)
    db.session.commit()
    items = [f"{other.id}@{(soon + timedelta(days=9)).astimezone(owner.timezone).date()}"]
    page = move(*items, f"{scheduled.post_id}@{day(scheduled)}", do="move", days="-3")
    assert "This time has gone by." in page
    assert (scheduled.due_at, other.at) == (soon, soon + timedelta(days=9))


def test_a_draft_moves_and_stays_one(post, soon, owner):
    post.at = post.targets[0].due_at = soon
    moving.move([Item(post, soon.astimezone(owner.timezone).date())], owner, 1)
    assert (post.targets[0].state, post.targets[0].due_at) == (State.DRAFT, soon + timedelta(days=1))
    with pytest.raises(Invalid):
        moving.move([Item(post, (soon + timedelta(days=1)).astimezone(owner.timezone).date())], owner, -30)


def test_what_failed_or_was_missed_goes_out_on_the_day_it_is_moved_to(scheduled, owner, soon):
    scheduled.state, scheduled.next_at = State.MISSED, None
    moving.move([Item(scheduled.post, soon.astimezone(owner.timezone).date())], owner, 1)
    assert (scheduled.state, scheduled.next_at) == (State.SCHEDULED, soon + timedelta(days=1))


@pytest.mark.parametrize("state", [State.SENDING, State.UNCONFIRMED, State.PUBLISHED])
def test_what_is_on_its_way_or_out_stays(scheduled, owner, soon, state):
    scheduled.state = state
    db.session.commit()
    with pytest.raises(TooLate):
        moving.move([Item(scheduled.post, soon.astimezone(owner.timezone).date())], owner, 1)


def test_several_are_taken_back_and_wanted_again(scheduled, soon, move, day):
    page = move(f"{scheduled.post_id}@{day(scheduled)}", do="cancel")
    assert "1 post is taken back." in page
    assert scheduled.state is State.CANCELLED
    was = unescape(re.search(r'name="was" value="([^"]+)"', page)[1])
    move(path="/publishing/moves/undo", was=was)
    assert (scheduled.state, scheduled.due_at) == (State.SCHEDULED, soon.replace(microsecond=0))


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"do": "move"}, "Say by how many days."),
        ({"do": "move", "days": "99999"}, "Say by how many days."),
        ({"do": "place", "day": "soon"}, "Choose a day."),
        ({"do": "place", "day": "2031-01-01", "item": []}, "Pick posts first."),
        ({"do": "place", "day": "2031-01-01", "item": ["x@y"]}, "This is no post on a day."),
        ({"do": "place", "day": "2031-01-01", "item": ["9999@2031-01-01"]}, "There is no such post."),
    ],
)
def test_what_cannot_be_meant_is_told(scheduled, client, day, values, says):
    sent = {"item": [f"{scheduled.post_id}@{day(scheduled)}"], **values}
    assert says in client.post("/publishing/moves", data=sent, follow_redirects=True).text


def test_posts_of_others_are_not_moved(scheduled, soon, client, day, member):
    sign_in(client, member)
    client.post("/publishing/moves", data={"item": f"{scheduled.post_id}@{day(scheduled)}", "do": "move", "days": "2"})
    was = undo.written([moving.Was.of(scheduled.post)])
    client.post("/publishing/moves/undo", data={"was": was})
    db.session.expire_all()
    assert scheduled.due_at == soon


def test_the_days_shown_stay_the_same(scheduled, client, day):
    sent = {"item": f"{scheduled.post_id}@{day(scheduled)}", "do": "move", "days": "2"}
    answer = client.post("/publishing/moves?view=week&day=2031-01-01&select=1", data=sent)
    assert answer.location == "/publishing?view=week&day=2031-01-01&select=1"


def test_picking_offers_what_can_be_moved(scheduled, client, day):
    page = client.get(f"/publishing?select=1&day={day(scheduled)}").text
    assert f'name="item" value="{scheduled.post_id}@{day(scheduled)}"' in page
    scheduled.state = State.PUBLISHED
    assert 'name="item"' not in client.get(f"/publishing?select=1&day={day(scheduled)}").text


@pytest.fixture
def undated(owner, connection):
    """A draft of Ada's for Mastodon, by Berlin's clock."""
    owner.zone = "Europe/Berlin"
    post = Post.draft(owner, ["Some day"])
    choose(post, [connection])
    db.session.commit()
    return post


@pytest.fixture
def friday(travel):
    """A Friday to come, ten in the morning in Berlin."""
    days = 4 - now().astimezone(BERLIN).weekday()
    noon = (now().astimezone(BERLIN) + timedelta(days=days + 7)).replace(hour=10, minute=0, second=0, microsecond=0)
    travel(seconds=(noon - now()).total_seconds())
    return noon


def local(post: Post) -> str:
    return f"{post.at.astimezone(BERLIN):%a %H:%M}"


def test_a_draft_without_a_time_gets_its_day_and_stays_a_draft(undated, move, friday):
    page = move(f"{undated.id}@", do="place", day=str(friday.date() + timedelta(days=3)))
    assert "1 post has moved." in page
    assert (local(undated), undated.zone, undated.status) == ("Mon 09:00", "Europe/Berlin", Status.DRAFT)
    assert [(target.state, target.due_at) for target in undated.targets] == [(State.DRAFT, undated.at)]
    was = unescape(re.search(r'name="was" value="([^"]+)"', page)[1])
    move(path="/publishing/moves/undo", was=was)
    assert (undated.at, undated.targets[0].due_at) == (None, None)


def test_undo_lets_be_what_was_scheduled_meanwhile(undated, move, friday, owner):
    page = move(f"{undated.id}@", do="place", day=str(friday.date() + timedelta(days=3)))
    at = undated.at
    schedule(undated, at, owner)
    db.session.commit()
    was = unescape(re.search(r'name="was" value="([^"]+)"', page)[1])
    move(path="/publishing/moves/undo", was=was)
    assert (undated.at, undated.targets[0].due_at, undated.status) == (at, at, Status.SCHEDULED)


@pytest.mark.parametrize(
    ("slots", "taken", "at"),
    [
        ([(0, 14 * 60), (0, 17 * 60)], False, "Mon 14:00"),
        ([(0, 14 * 60), (0, 17 * 60)], True, "Mon 17:00"),
        ([(1, 14 * 60)], False, "Mon 09:00"),
    ],
)
def test_it_takes_the_first_free_slot_of_that_day(undated, connection, owner, friday, slots, taken, at):
    monday = friday + timedelta(days=3)
    Slot.replace(connection, slots)
    if taken:
        other = Post.draft(owner, ["Other"])
        choose(other, [connection])
        schedule(other, monday.replace(hour=14), owner)
    moving.place([Item(undated, None)], owner, monday.date())
    assert local(undated) == at


def test_today_it_takes_the_next_full_hour(undated, owner, friday, travel):
    moving.place([Item(undated, None)], owner, friday.date())
    assert local(undated) == "Fri 11:00"
    undated.at = undated.targets[0].due_at = None
    travel(hours=13, minutes=30)
    with pytest.raises(Invalid):
        moving.place([Item(undated, None)], owner, friday.date())


@pytest.mark.parametrize(
    ("day", "says"),
    [("2020-01-01", "This day has gone by."), ("9999-12-31", "more than ten years"), ("soon", "Choose a day.")],
)
def test_a_day_that_will_not_do_is_told(undated, move, day, says):
    assert says in move(f"{undated.id}@", do="place", day=day)
    assert undated.at is None


def test_without_a_day_it_is_neither_moved_by_days_nor_taken_back(undated, scheduled, move):
    assert "has no day yet" in move(f"{undated.id}@", do="move", days="3")
    assert "has no day yet" in move(f"{undated.id}@", do="cancel")
    assert "This is no post on a day." in move(f"{scheduled.post_id}@", do="place", day="2031-05-06")


def test_it_is_picked_and_dragged_as_others_are(undated, client):
    page = client.get("/publishing?select=1").text
    assert f'name="item" value="{undated.id}@"' in page
    assert re.search(rf'data-post="{undated.id}" data-movable draggable="true" aria-keyshortcuts', page)


@pytest.mark.parametrize(("later", "first"), [(0, "today"), (40, "the first")])
def test_the_first_open_day_is_where_the_keyboard_puts_it(undated, client, friday, later, first):
    day = friday.date() + timedelta(days=later)
    shown = re.search(r'data-first="([^"]+)"', client.get(f"/publishing?view=list&day={day}").text)[1]
    assert shown == str(day if first == "today" else day.replace(day=1))


def test_what_undo_writes_it_reads(scheduled):
    was = moving.Was.of(scheduled.post)
    (read,) = undo.read(undo.written([was]))
    assert (read.post_id, read.at) == (was.post_id, was.at.replace(microsecond=0))
    assert read.targets[0][0] == scheduled.id
