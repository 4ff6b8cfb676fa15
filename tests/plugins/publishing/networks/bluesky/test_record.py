"""The bytes of a post, and what people will read of them."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.publishing.networks.bluesky import PLATFORM
from plugins.publishing.platform import Login, Message, Reply, Tokens
from tests.peers.bluesky_record import RefusedRecord, require_valid

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
ADA = Login({}, Tokens(""), "did:plc:a", "ada.example")
UPLOADED = "bafkreikettle 9 image/png"
BLOB = {"$type": "blob", "mimeType": "image/png", "ref": {"$link": "bafkreikettle"}, "size": 9}


def record(message, login):
    return json.loads(PLATFORM.body(message, login))["record"]


def test_the_same_message_is_the_same_bytes(message, login):
    asked = message("Tea 🫖 #tea", language="en")
    expected = (
        '{"collection":"app.bsky.feed.post","record":{"$type":"app.bsky.feed.post",'
        '"createdAt":"2026-11-22T09:00:00.123Z","facets":[{"features":[{"$type":"app.bsky.richtext.facet#tag",'
        '"tag":"tea"}],"index":{"byteEnd":13,"byteStart":9}}],"langs":["en"],"text":"Tea 🫖 #tea"},'
        f'"repo":"did:plc:ewvi7nxzyoun6zhxrhs64oiz","rkey":"{asked.key}","swapRecord":null}}'
    )
    assert PLATFORM.body(asked, login) == PLATFORM.body(asked, login) == expected.encode()


def test_what_is_not_said_is_left_out(message, login):
    assert set(record(message(), login)) == {"$type", "text", "createdAt"}
    require_valid(record(message(""), login))


def test_pictures_keep_their_names_descriptions_and_shape(message, login, picture):
    made = record(message(pictures=[picture(alt=""), picture(width=2, height=3)], uploaded=[UPLOADED, UPLOADED]), login)
    assert made["embed"] == {
        "$type": "app.bsky.embed.images",
        "images": [
            {"alt": "", "image": BLOB, "aspectRatio": {"width": 640, "height": 480}},
            {"alt": "A kettle", "image": BLOB, "aspectRatio": {"width": 2, "height": 3}},
        ],
    }
    require_valid(made)


def test_a_post_can_be_looked_at_before_its_pictures_are_uploaded(message, login, picture):
    asked = message("Tea", pictures=[picture()], uploaded=["picture-0"])
    assert PLATFORM.preview(PLATFORM.body(asked, login)).stretches == [("Tea", "")]
    require_valid(record(asked, login))


def test_the_language_is_the_networks_own_or_the_posts(message, login):
    assert record(message(language="en"), login)["langs"] == ["en"]
    assert record(message(language="en", options={"language": " pt-BR "}), login)["langs"] == ["pt-BR"]
    assert PLATFORM.problems(message(options={"language": "pt-BR"}), {}) == []
    assert PLATFORM.problems(message(options={"language": "Portuguese!"}), {}) == [
        "“Portuguese!” is no language: write it like en or pt-BR."
    ]


def test_a_part_names_the_first_and_the_one_before(message, login):
    reply = Reply("at://did:plc:a/app.bsky.feed.post/3a bafyone", "at://did:plc:a/app.bsky.feed.post/3b bafytwo")
    assert record(message(reply=reply), login)["reply"] == {
        "root": {"uri": "at://did:plc:a/app.bsky.feed.post/3a", "cid": "bafyone"},
        "parent": {"uri": "at://did:plc:a/app.bsky.feed.post/3b", "cid": "bafytwo"},
    }


@given(st.text(alphabet=st.sampled_from("a.:/#@() \n\u0301🫖字👨\u200d") | st.characters(codec="utf-8"), max_size=80))
def test_no_text_makes_a_record_that_is_none(text):
    asked = Message(text, key="3mbd3542k2222", at=AT, resolved=dict.fromkeys(["a.a", "a.ai"], "did:plc:a"))
    require_valid(json.loads(PLATFORM.body(asked, ADA))["record"])


def test_an_answer_to_nothing_is_no_post(message, login):
    with pytest.raises(RefusedRecord):
        require_valid(record(message(reply=Reply("", "")), login))


def test_the_preview_is_read_from_the_bytes(message, login):
    body = PLATFORM.body(message("Hi @odile.test, example.com", resolved={"odile.test": "did:plc:odile"}), login)
    assert PLATFORM.preview(body).stretches == [
        ("Hi ", ""),
        ("@odile.test", "https://bsky.app/profile/did:plc:odile"),
        (", ", ""),
        ("example.com", "https://example.com"),
    ]


@pytest.mark.parametrize(
    ("text", "used"), [("tea", 3), ("👨‍👩‍👧‍👦", 1), ("e\u0301", 1), ("नमस्ते", 3), ("https://example.com", 19)]
)
def test_the_room_is_in_what_people_take_for_a_character(text, used):
    assert (PLATFORM.room(text, {}).used, PLATFORM.room(text, {}).most) == (used, 300)


@pytest.mark.parametrize(("count", "fits"), [(120, True), (121, False)])
def test_large_signs_have_less_room(message, login, count, fits):
    """A family has 25 bytes: 120 are 3,000, though only 120 signs."""
    asked = message("👨‍👩‍👧‍👦" * count)
    assert not PLATFORM.room(asked.text, {}).over
    assert (PLATFORM.problems(asked, {}) == []) is fits
    if fits:
        require_valid(record(asked, login))
    else:
        assert PLATFORM.problems(asked, {}) == ["Its signs are large: it has 3,025 bytes, and Bluesky takes 3,000."]
        with pytest.raises(RefusedRecord):
            require_valid(record(asked, login))
