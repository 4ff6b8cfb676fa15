"""Publishing in the feed: an entry is there once, or not at all."""

import json
from datetime import timedelta

import pytest

from host import File, NotFound, Role, User, db, http_client, now
from plugins.publishing.networks.feed import PLATFORM
from plugins.publishing.networks.feed.entry import FeedEntry
from plugins.publishing.outcomes import Absent, Hindered, Published, Refused
from plugins.publishing.platform import Picture, Sent
from tests.plugins.publishing.networks.feed.conftest import NINE


@pytest.fixture
def settle(login):
    """`settle(message)`: what became of it."""

    def look(message):
        with http_client() as client:
            return PLATFORM.settle(Sent(PLATFORM.body(message, login), message.key, now(), 0), login, client)

    return look


def entries():
    return db.session.scalars(db.select(FeedEntry).order_by(FeedEntry.id)).all()


def files(by):
    return db.session.scalars(db.select(File).filter_by(by_id=by.id).order_by(File.id)).all()


def test_a_post_is_an_entry_with_an_address(publish, account, message):
    outcome = publish("The pears are ripe.\n\nCome over.", language="en")
    [entry] = entries()
    assert outcome == Published(entry.key, f"http://127.0.0.1:7333/publishing/feeds/{account.id}/entries/{entry.key}")
    assert (entry.title, entry.text, entry.language) == (
        "The pears are ripe.",
        "The pears are ripe.\n\nCome over.",
        "en",
    )
    assert (entry.published_at, entry.account_id, entry.key) == (NINE, account.id, message().key)


def test_sent_twice_it_is_there_once(publish):
    assert publish() == publish()
    assert len(entries()) == 1


def test_what_was_not_committed_is_not_there(publish, message, settle, login):
    given = message()
    assert settle(given) == Absent("It is not in the feed.")
    with http_client() as client:
        PLATFORM.send(PLATFORM.body(given, login), given.key, login, client)
    db.session.rollback()
    assert settle(given) == Absent("It is not in the feed.")
    assert settle(given) != publish()
    assert settle(given) == publish()


def test_what_somebody_removed_stays_away(publish, message, settle):
    publish()
    entries()[0].remove()
    db.session.commit()
    assert settle(message()).gone
    assert publish().gone
    assert FeedEntry.newest(entries()[0].account_id) == []


def test_one_space_does_not_see_the_others(publish, message, settle, login, stranger):
    publish()
    theirs = type(login)({}, login.tokens, str(stranger.account_id), "Elsewhere")
    with http_client() as client:
        assert PLATFORM.settle(Sent(b"", message().key, now(), 0), theirs, client) == Absent("It is not in the feed.")
        PLATFORM.send(PLATFORM.body(message(), theirs), message().key, theirs, client)
    assert sorted(each.account_id for each in entries()) == sorted([stranger.account_id, int(login.remote_id)])


def test_the_same_message_is_the_same_bytes(message, login, picture):
    given = message("Pears 🍐", pictures=[picture()], options={"title": "Ripe"})
    assert PLATFORM.body(given, login) == PLATFORM.body(given, login)
    said = json.loads(PLATFORM.body(given, login))
    assert (said["title"], said["text"], said["at"]) == ("Ripe", "Pears 🍐", NINE.isoformat())


def test_a_key_belongs_to_a_message_and_its_moment():
    keys = {PLATFORM.key(seed, NINE + timedelta(seconds=n)) for seed in ("a", "b") for n in (0, 1, 0)}
    assert len(keys) == 4


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Pears are ripe.", "Pears are ripe."),
        ("\n \n  Pears   are\tripe. \nMore", "Pears are ripe."),
        ("word " * 40, "word " * 14 + "word…"),
        ("x" * 100, "x" * 79 + "…"),
        ("x" * 80, "x" * 80),
        ("", "A pear"),
    ],
)
def test_an_entry_has_a_title_whatever_was_written(message, login, picture, text, title):
    given = message(text, pictures=[picture()])
    assert json.loads(PLATFORM.body(given, login))["title"] == title


def test_a_picture_without_words_has_a_title_all_the_same(message, login, picture):
    given = message("", pictures=[picture(alt=" ")], options={"title": " \n"})
    assert json.loads(PLATFORM.body(given, login))["title"] == "A picture"


def test_what_is_taken(message, picture):
    assert not PLATFORM.room("🍐" * 5000, {}).over
    assert PLATFORM.room("x" * 5001, {}).over
    assert PLATFORM.problems(message("x"), {}) == PLATFORM.problems(message("", pictures=[picture()]), {}) == ()
    assert PLATFORM.problems(message(" \0\n"), {}) == ("The feed takes no post without a text or a picture.",)
    assert PLATFORM.door is None


def test_the_preview_is_what_the_bytes_say(message, login):
    preview = PLATFORM.preview(PLATFORM.body(message(" See https://pears.example. \0"), login))
    link = "https://pears.example"
    assert list(preview.stretches) == [("See ", ""), (link, link), (".", "")]


def test_pictures_are_files_of_the_feeds_own(publish, picture, account):
    publish(pictures=[picture(alt="A pear"), picture(50, alt="A plum")])
    [entry] = entries()
    pear, plum = files(account.system)
    assert entry.pictures == [{"file": pear.id, "alt": "A pear"}, {"file": plum.id, "alt": "A plum"}]
    assert [file.width for file in (pear, plum)] == [40, 50]


def test_they_stay_when_the_post_goes(publish, picture, account, drain_jobs):
    publish(pictures=[picture()])
    for file in files(account.owner):
        file.remove()
    drain_jobs()
    [kept] = files(account.system)
    assert kept.read()[:4] == b"\x89PNG"


def test_sent_twice_a_post_keeps_its_pictures_once(publish, picture, account):
    given = picture()
    assert publish(pictures=[given]) == publish(pictures=[given])
    assert len(files(account.system)) == 1


def test_whoever_is_too_late_leaves_no_picture(message, picture, account, login, monkeypatch, drain_jobs):
    """Of two that publish one post at once, as no worker should."""
    given = message(pictures=[picture()])
    FeedEntry.publish(account, given.key, {"title": "x", "text": "x", "pictures": [], "language": ""}, NINE)
    look = FeedEntry.find
    answers = [lambda *_of: None, look]
    monkeypatch.setattr(FeedEntry, "find", lambda *of: answers.pop(0)(*of))
    with http_client() as client:
        assert isinstance(PLATFORM.send(PLATFORM.body(given, login), given.key, login, client), Published)
    assert files(account.system) == []


def test_a_post_whose_picture_is_gone_is_not_published_without(publish, picture, account, message, login):
    given = message(pictures=[picture(), picture(50), picture(60)])
    files(account.owner)[1].remove()
    db.session.commit()
    with http_client() as client:
        outcome = PLATFORM.send(PLATFORM.body(given, login), given.key, login, client)
    assert outcome == Refused("A picture of this post is no longer here.")
    assert entries() == files(account.system) == []


def test_a_picture_that_cannot_be_read_any_more_is_told(login):
    def gone():
        raise NotFound("What this file held is no longer here.")

    with http_client() as client, pytest.raises(Hindered) as hindered:
        PLATFORM.upload(Picture("x", "image/png", 1, 1, 1, "", gone), login, client)
    assert hindered.value.hindrance == Refused("What this file held is no longer here.")


def test_pictures_go_with_their_entry(publish, picture, account, drain_jobs):
    publish("One", seed="1", pictures=[picture()])
    publish("Two", seed="2", pictures=[picture(), picture(60)])
    one, two = entries()
    for file in files(account.owner):
        file.remove()
    two.remove()
    drain_jobs()
    assert [(file.width, file.read()[:4]) for file in files(account.system)] == [(40, b"\x89PNG")]
    one.remove()
    two.remove()
    drain_jobs()
    assert files(account.system) == []
    assert two.pictures == one.pictures == []


def test_a_space_that_goes_takes_its_feed_along(publish, account):
    publish()
    db.session.execute(db.delete(User).where(User.role != Role.SYSTEM))
    db.session.execute(db.delete(type(account)))
    db.session.commit()
    assert entries() == []
