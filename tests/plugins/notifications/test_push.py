"""Notes for browsers that have no page open: what is sent, to whom, and what becomes of one that fails."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from host import LostSecret, db, now
from host.jobs import Job
from host.models import UserSession
from plugins.notifications import push_jobs
from plugins.notifications.preferences import Preferences
from plugins.notifications.push import PushSubscription
from plugins.notifications.push_address import PushAddress
from plugins.notifications.push_key import PushKey
from tests.http_server import answer, says
from tests.plugins.notifications.plan import plan_of
from tests.plugins.notifications.push_service import HOST, PushService, claims, signer


@pytest.fixture
def service(allow, names, http_server, trusted):
    """service(answer(201), …): a push service that this process takes for a real one, with Ada's browser."""

    def begin(*answers):
        allow("127.0.0.1/32")
        server = http_server(*(answers or [answer(201)]), tls=trusted(HOST))
        names(**{HOST: [[("127.0.0.1", server.port)]]})
        return PushService(server)

    return begin


@pytest.fixture
def browser(owner):
    """browser(service): the browser told to Fallow, in a sign-in of Ada's."""

    def add(service, person=owner):
        UserSession.open(person)
        db.session.flush()
        session = db.session.scalars(db.select(UserSession.id).filter_by(user_id=person.id)).all()[-1]
        made = PushSubscription.add(person, session, PushAddress.read(**service.given), "Chrome on Linux")
        db.session.commit()
        return made

    return add


@pytest.fixture
def mention(card, owner, odile, drain_jobs):
    """mention("look"): Odile speaks to Ada, and the jobs run."""

    def say(words="look"):
        card.comment(f"@{owner.handle}, {words}", odile)
        db.session.commit()
        drain_jobs()
        db.session.expire_all()

    return say


@pytest.fixture
def waiting(app):
    """waiting(): the pushes that are still to be sent."""
    return lambda: db.session.scalars(db.select(Job).filter_by(task="notifications.push", state="waiting")).all()


def subscriptions():
    return db.session.scalars(db.select(PushSubscription)).all()


def test_what_is_chosen_for_the_desktop_is_sent_for_this_browser_alone(service, browser, mention, card):
    there = service()
    made = browser(there)
    mention("look")
    [note] = there.notes
    assert note["title"] == "Interview the bakers"
    assert "look" in note["text"]
    assert note["url"] == f"/cards/{card.number}"
    [asked] = there.server.received
    assert (asked.method, asked.path) == ("POST", "/fcm/send/ada-1:x")
    assert (asked.headers["ttl"], asked.headers["urgency"]) == ("86400", "normal")
    assert asked.headers["topic"] == f"note-{note['id']}"
    assert b"bakers" not in asked.body
    assert made.last_sent_at is not None
    assert made.last_error is None


def test_it_is_signed_by_the_key_that_the_browser_was_given(service, browser, mention):
    there = service()
    made = browser(there)
    mention()
    [asked] = there.server.received
    said = claims(asked)
    assert signer(asked) == made.key.public
    assert said["aud"] == f"https://{HOST}"
    assert said["sub"].startswith(("mailto:", "https://"))
    assert now().timestamp() < said["exp"] <= (now() + timedelta(days=1)).timestamp()


def test_an_open_page_is_given_the_same_tag(service, browser, mention, client):
    there = service()
    browser(there)
    mention()
    since = (now() - timedelta(hours=1)).isoformat()
    [shown] = client.get("/notifications/desktop", query_string={"since": since}).json["notes"]
    assert [shown] == there.notes


def test_newer_news_of_a_card_keeps_its_topic_and_has_another_tag(service, browser, mention, travel):
    there = service()
    browser(there)
    mention("first")
    travel(minutes=1)
    mention("second")
    first, second = there.notes
    assert first["id"] == second["id"]
    assert first["tag"] != second["tag"]
    assert len({each.headers["topic"] for each in there.server.received}) == 1


def test_what_is_not_for_the_desktop_is_not_sent(service, browser, card, odile, drain_jobs, waiting):
    there = service()
    browser(there)
    card.comment("Only for the bell", odile)
    db.session.commit()
    drain_jobs()
    assert (there.server.received, waiting()) == ([], [])


def test_nothing_is_sent_in_quiet_hours(service, browser, mention, owner):
    there = service()
    browser(there)
    local = now().astimezone(owner.timezone)
    theirs = Preferences.kept(owner)
    theirs.quiet_from, theirs.quiet_to = (local - timedelta(hours=1)).time(), (local + timedelta(hours=1)).time()
    mention()
    assert there.server.received == []


def test_what_was_read_meanwhile_is_not_sent(service, browser, mention, told, owner, travel, drain_jobs, waiting):
    there = service(answer(503), answer(201))
    browser(there)
    mention()
    told(owner)[0].told.read()
    db.session.commit()
    travel(minutes=2)
    drain_jobs()
    assert len(there.server.received) == 1
    assert waiting() == []


def test_a_person_who_left_is_sent_nothing(service, browser, mention, owner, travel, drain_jobs):
    there = service(answer(503), answer(201))
    browser(there)
    mention()
    owner.active = False
    db.session.commit()
    travel(minutes=2)
    drain_jobs()
    assert len(there.server.received) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_one_that_is_gone_is_forgotten(service, browser, mention, status, waiting, told, owner):
    there = service(answer(status))
    browser(there)
    mention()
    assert subscriptions() == []
    assert waiting() == []
    assert not [note for note in told(owner) if "told no more" in note.text]


@pytest.mark.parametrize("bad", [answer(429), answer(500), answer(503), says(b"")])
def test_a_service_that_fails_is_asked_again(service, browser, mention, bad, travel, drain_jobs):
    there = service(bad, answer(201))
    made = browser(there)
    mention()
    assert made.last_error
    assert len(there.server.received) == 1
    travel(minutes=2)
    drain_jobs()
    db.session.expire_all()
    assert len(there.notes) == 2
    assert (made.last_error, made.failing_since) == (None, None)


def test_a_service_says_how_long_to_wait(service, browser, mention, travel, drain_jobs):
    there = service(answer(429, retry_after="1200"), answer(201))
    browser(there)
    mention()
    travel(minutes=15)
    drain_jobs()
    assert len(there.server.received) == 1
    travel(minutes=6)
    drain_jobs()
    assert len(there.server.received) == 2


def test_after_a_day_a_note_is_too_old(service, browser, mention, travel, drain_jobs, waiting):
    there = service(answer(503))
    made = browser(there)
    mention()
    for _hour in range(26):
        travel(minutes=61)
        drain_jobs()
    assert waiting() == []
    assert 20 < len(there.server.received) < 30
    assert subscriptions() == [made]


def test_one_that_is_refused_for_a_day_is_forgotten_and_its_person_told(service, browser, mention, travel, told, owner):
    there = service(answer(403))
    made = browser(there)
    mention()
    assert made.last_error == "Its push service did not take it (403)."
    assert len(there.server.received) == 1
    travel(hours=23)
    mention()
    assert subscriptions() == [made]
    travel(hours=2)
    mention()
    assert subscriptions() == []
    [notice] = [note for note in told(owner) if "told no more" in note.text]
    assert notice.text.startswith("Chrome on Linux is told no more: Its push service did not take it (403).")


def test_one_that_is_taken_again_in_between_is_kept(service, browser, mention, travel):
    there = service(answer(403), answer(201), answer(403))
    made = browser(there)
    for _time in range(3):
        mention()
        travel(hours=20)
    assert subscriptions() == [made]


def test_a_service_that_leads_inside_is_not_asked(names, service, browser, mention):
    there = service()
    made = browser(there)
    names(**{HOST: [["10.0.0.1"]]})
    mention()
    assert made.last_error == f"{HOST} is not on the public internet, so nothing is sent there."
    assert there.server.received == []


def test_whoever_signs_out_is_not_told_there_any_more(service, browser, mention):
    there = service()
    made = browser(there)
    db.session.delete(db.session.get(UserSession, made.session_id))
    db.session.commit()
    mention()
    assert subscriptions() == []
    assert there.server.received == []


def test_a_browser_that_another_person_uses_now_is_theirs(service, browser, mention, odile):
    there = service()
    browser(there)
    browser(there, odile)
    mention()
    assert [each.user_id for each in subscriptions()] == [odile.id]
    assert there.server.received == []


def test_many_at_once_are_five(service, browser, board, owner, odile, drain_jobs):
    there = service()
    browser(there)
    for number in range(7):
        board.add_card(f"Bed {number}", by=odile).comment(f"@{owner.handle}", odile)
    db.session.commit()
    drain_jobs()
    assert len(there.notes) == 5


def test_a_long_word_fits_what_a_service_takes(service, browser, mention, card, odile):
    there = service()
    browser(there)
    card.rename("🌱" * 250, by=odile)
    mention("🌱" * 3000)
    [asked] = there.server.received
    assert len(asked.body) < 4096
    assert there.notes[0]["title"].endswith("…")


def test_what_would_let_others_write_lies_encrypted(service, browser):
    there = service()
    browser(there)
    rows = db.session.execute(text("SELECT endpoint, auth, endpoint_digest FROM notifications_push")).one()
    assert not any(HOST in each or there.given["auth"] in each for each in rows)
    private = db.session.execute(text("SELECT private FROM notifications_push_key")).scalar_one()
    assert private != PushKey.current().private


def test_there_is_one_key_until_it_is_lost(app):
    first = PushKey.current()
    assert PushKey.current() is first
    db.session.commit()
    db.session.execute(text("UPDATE notifications_push_key SET private = 'gAAAAAsealed-elsewhere'"))
    db.session.commit()
    assert PushKey.current().public != first.public
    assert isinstance(first.private, LostSecret)


def test_one_whose_key_is_lost_says_so(service, browser, mention):
    there = service()
    made = browser(there)
    db.session.execute(text("UPDATE notifications_push SET auth = 'gAAAAAsealed-elsewhere'"))
    mention()
    assert made.last_error == "Its keys cannot be read any more. Allow notifications in it anew."
    assert there.server.received == []


@pytest.mark.sqlite_only("PostgreSQL plans by statistics, which an empty table has none of")
def test_what_was_just_told_is_found_by_its_events(app):
    plan = plan_of(lambda: push_jobs._told({1, 2}, {3, 4}))
    assert "INDEX ix_notifications_notification_event_id (event_id=?)" in plan
