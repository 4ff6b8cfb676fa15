"""When our access ends, who hears of it, and what is forgotten."""

import json
from datetime import timedelta

import pytest

from host import Event, clear, db, now, retention_rules
from host import schedule as schedule_job
from plugins.publishing import abandoned, ending
from plugins.publishing.doors import Step
from plugins.publishing.platform import Tokens
from plugins.publishing.post import Post
from plugins.publishing.scheduling import schedule
from plugins.publishing.visit import Stage, Visit, mark_of


@pytest.fixture
def told(drain_jobs):
    """`told()`: the reminders so far, once the hourly look has been."""

    def look():
        schedule_job(ending.remind)
        db.session.commit()
        drain_jobs()
        db.session.expire_all()
        events = db.session.scalars(db.select(Event).filter_by(kind="notice").order_by(Event.id)).all()
        return [each.particulars["text"] for each in events if each.particulars["about"] == "publishing.ending"]

    return look


@pytest.fixture
def ends(connection):
    """`ends(days=20)`: the connection's access does then, and nothing renews it."""

    def set_end(refresh="", **ahead):
        connection.renewed(Tokens("access", refresh, now() + timedelta(**ahead)))
        db.session.commit()

    return set_end


def test_an_access_without_an_end_has_none(connection):
    connection.renewed(Tokens("access"))
    assert ending.ends_at(connection) is None


def test_an_access_that_is_renewed_for_ever_has_none(connect):
    x = connect("x")
    x.renewed(Tokens("access", "refresh", now() + timedelta(hours=2), now() + timedelta(days=90)))
    assert ending.ends_at(x) is None


def test_a_right_to_renew_that_ends_is_the_end(connect):
    linkedin, end = connect("linkedin"), now() + timedelta(days=300)
    linkedin.renewed(Tokens("access", "refresh", now() + timedelta(days=60), end))
    assert ending.ends_at(linkedin) == end


def test_scheduling_after_the_end_is_told_and_done(post, owner, ends):
    ends(days=10)
    [said] = schedule(post, now() + timedelta(days=11), owner)
    assert "before this goes out" in said
    assert post.targets[0].connection.handle in said
    assert schedule(post, now() + timedelta(days=9), owner) == []
    ends(refresh="refresh", days=10)
    assert schedule(post, now() + timedelta(days=11), owner) == []


def test_a_draft_without_a_time_is_before_nothing(target, ends):
    ends(days=10)
    assert ending.ends_before(target) == ""


def test_its_owner_is_reminded_four_times_and_once_each(ends, told, travel):
    ends(days=15)
    assert told() == []
    heard = []
    for _hour in range(16 * 2):
        travel(hours=12)
        heard.append(len(told()))
    assert heard[-1] == 4
    assert sorted(set(heard)) == [0, 1, 2, 3, 4]
    assert [text.partition(" ends in ")[2].partition(".")[0] for text in told()] == [
        "14 days",
        "7 days",
        "3 days",
        "1 day",
    ]


def test_after_a_long_sleep_one_reminder_is_enough(ends, told, travel):
    ends(days=20)
    travel(days=18)
    assert len(told()) == 1
    assert len(told()) == 1


def test_a_new_end_is_reminded_of_anew(ends, told):
    ends(days=5)
    assert len(told()) == 1
    ends(days=5, seconds=30)
    assert len(told()) == 1
    ends(days=6)
    assert len(told()) == 2


def test_nobody_is_reminded_of_what_is_renewed_or_disconnected(connection, ends, told, owner):
    ends(refresh="refresh", days=5)
    assert told() == []
    ends(days=5)
    connection.disconnect(owner)
    assert told() == []


@pytest.fixture
def visit(owner):
    """Ada is away at a network."""
    made = Visit(user=owner, platform="x", entered=json.dumps({"client_secret": "hush"}), redirect="http://a.example/")
    made.secret, made.mark = "state", mark_of("state")
    db.session.add(made)
    db.session.flush()
    made.go(Step("https://x.example/authorize", {"verifier": "v"}))
    db.session.commit()
    return made


def test_a_visit_from_which_nobody_came_back_forgets_what_was_entered(visit, travel):
    travel(minutes=59)
    abandoned.forget.run()
    assert visit.stage is Stage.AWAY
    travel(minutes=2)
    abandoned.forget.run()
    assert (visit.stage, visit.entered, visit.memory, visit.secret) == (Stage.FAILED, None, None, None)
    assert "too long" in visit.why
    assert followed("publishing.visits") == 0
    travel(days=8)
    assert followed("publishing.visits") == 1


def test_an_open_visit_is_not_removed_however_old(visit, travel):
    travel(days=8)
    assert followed("publishing.visits") == 0


def test_posts_that_never_said_anything_go_after_a_month(owner, board, travel):
    empty, said, begun, on_card = (Post.draft(owner) for _ in range(4))
    said.write(["Words"], {}, revision=said.revision, card=None)
    begun.write([""], {"mastodon": {"texts": ["Words"]}}, revision=begun.revision, card=None)
    on_card.card = board.add_card("Bake")
    db.session.commit()
    assert followed("publishing.drafts") == 0
    gone = empty.id
    travel(days=31)
    younger = Post.draft(owner)
    db.session.commit()
    assert followed("publishing.drafts") == 1
    left = set(db.session.scalars(db.select(Post.id)))
    assert left == {each.id for each in (said, begun, on_card, younger)}
    assert gone not in left


def followed(key):
    """How many went by this rule; just as many as it promised."""
    rule = retention_rules()[key]
    before = now() - timedelta(days=rule.days)
    promised = rule.leftovers.count(before)
    assert clear(rule.leftovers, before) == promised
    return promised


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", ""])
def test_a_page_to_go_to_is_a_page(visit, url):
    visit.go(Step(url, {}))
    assert (visit.stage, visit.url) == (Stage.FAILED, None)
