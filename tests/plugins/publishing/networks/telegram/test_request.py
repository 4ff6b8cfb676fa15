"""The bytes that say all of it."""

import json
from datetime import timedelta

import pytest

from plugins.publishing.networks.telegram import PLATFORM
from plugins.publishing.networks.telegram.request import method_of, text_of, type_of
from plugins.publishing.platform import Login, Reply, Tokens
from tests.plugins.publishing.networks.telegram.conftest import NINE

LOGIN = Login({}, Tokens("a secret"), "-1001234567890", "@orchard_news")


def test_a_text_is_sent_as_it_is(message):
    body = PLATFORM.body(message("Pears <b>&</b> plums *now*\n\n🍐"), LOGIN)
    assert json.loads(body) == {"chat_id": -1001234567890, "text": "Pears <b>&</b> plums *now*\n\n🍐"}
    assert (method_of(body), type_of(body)) == ("sendMessage", "application/json")


@pytest.mark.parametrize("count", [0, 1, 2, 10])
def test_the_same_message_is_the_same_bytes_and_says_no_secret(message, picture, count):
    given = message("Pears 🍐", pictures=[picture(b"\x89PNG" + bytes([n])) for n in range(count)])
    bodies = {PLATFORM.body(given, LOGIN) for _ in range(3)}
    assert len(bodies) == 1
    assert b"a secret" not in bodies.pop()


@pytest.mark.parametrize(("count", "method"), [(0, "sendMessage"), (1, "sendPhoto"), (2, "sendMediaGroup")])
def test_pictures_decide_what_is_asked_for(message, picture, count, method):
    body = PLATFORM.body(message("Pears\r\n\r\n🍐", pictures=[picture()] * count), LOGIN)
    assert method_of(body) == method
    assert text_of(body) == "Pears\r\n\r\n🍐"


@pytest.mark.parametrize("count", [1, 3])
def test_pictures_need_no_text(message, picture, count):
    assert text_of(PLATFORM.body(message("", pictures=[picture()] * count), LOGIN)) == ""


@pytest.mark.parametrize("words", ['name="media"', "--fallow-x\r\n", '"; filename="x', "attach://picture0"])
def test_words_that_look_like_a_form_stay_words(message, picture, words):
    body = PLATFORM.body(message(words, pictures=[picture()]), LOGIN)
    assert (method_of(body), text_of(body)) == ("sendPhoto", words)


def test_a_picture_that_holds_a_form_stays_a_picture(message, picture):
    other = PLATFORM.body(message("another", pictures=[picture(), picture()]), LOGIN)
    body = PLATFORM.body(message("mine", pictures=[picture(b"\x89PNG" + other)]), LOGIN)
    assert (method_of(body), text_of(body)) == ("sendPhoto", "mine")


def test_it_may_come_silently_and_answer_an_earlier_part(message, picture):
    answering = {"reply": Reply("101", "102"), "options": {"sound": "off"}}
    said = json.loads(PLATFORM.body(message(**answering), LOGIN))
    assert (said["disable_notification"], said["reply_parameters"]) == (True, {"message_id": 102})
    form = PLATFORM.body(message(**answering, pictures=[picture()]), LOGIN)
    assert b'name="reply_parameters"\r\n\r\n{"message_id":102}\r\n' in form
    assert b'name="disable_notification"\r\n\r\ntrue\r\n' in form


def test_a_key_belongs_to_a_message_and_its_moment():
    assert PLATFORM.key("post.0", NINE) == PLATFORM.key("post.0", NINE)
    keys = {PLATFORM.key(seed, NINE + timedelta(seconds=n)) for seed in ("post.0", "post.1") for n in (0, 1)}
    assert len(keys) == 4


@pytest.mark.parametrize(
    ("text", "units"),
    [("", 0), ("pear", 4), ("Grüße", 5), ("🍐", 2), ("👨‍👩‍👧‍👦", 11), ("  pear \n", 4), ("a\nb", 3), ("\ud800", 1)],
)
def test_a_text_is_counted_in_units_of_utf_16_without_what_stands_around(text, units):
    assert PLATFORM.room(text, {}).used == units


def test_how_much_there_is_room_for():
    assert not PLATFORM.room("x" * 4096, {}).over
    assert PLATFORM.room("x" * 4097, {}).over


def test_what_telegram_would_not_take_is_told_beforehand(message, picture):
    def problems(text="x", *pictures):
        return [each.partition(" (")[0] for each in PLATFORM.problems(message(text, pictures=pictures), {})]

    assert problems() == problems("x" * 4096) == problems("x" * 1024, picture()) == problems("", picture()) == []
    assert problems(" \n") == ["Telegram takes no post without a text or a picture."]
    assert problems("x" * 1025, picture()) == ["On Telegram a text with pictures has at most 1,024 characters."]
    assert "at most 10,000 together" in problems("x", picture(width=9000, height=1001))[0]
    assert "too slender" in problems("x", picture(width=2001, height=100))[0]
    assert "at most 20 MB together" in problems("x", *[picture(size=7_000_000) for _ in range(3)])[0]


def test_the_preview_is_what_the_bytes_say(message, picture):
    text = " See https://pears.example/ripe?a=1, (https://plums.example/x_(y)) now. "
    for pictures in ([], [picture()], [picture(), picture()]):
        preview = PLATFORM.preview(PLATFORM.body(message(text, pictures=pictures), LOGIN))
        assert "".join(words for words, _address in preview.stretches) == text.strip()
        assert [address for _words, address in preview.stretches if address] == [
            "https://pears.example/ripe?a=1",
            "https://plums.example/x_(y)",
        ]
