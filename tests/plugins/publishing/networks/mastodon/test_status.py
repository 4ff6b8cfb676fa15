"""The bytes of a status, and what people will read of them."""

import json

import pytest

from plugins.publishing.networks.mastodon import PLATFORM
from plugins.publishing.platform import Reply

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")


def test_the_same_message_is_the_same_bytes(message, login):
    asked = message("Tea, and the sea 🫖", warning="Steam", visibility="private", language="en")
    said = (
        '"language":"en","sensitive":true,"spoiler_text":"Steam","status":"Tea, and the sea 🫖","visibility":"private"'
    )
    expected = f"{{{said}}}"
    assert PLATFORM.body(asked, login) == PLATFORM.body(asked, login) == expected.encode()


def test_who_says_nothing_publishes_to_all(message, login):
    assert json.loads(PLATFORM.body(message("Tea."), login)) == {"status": "Tea.", "visibility": "public"}


def test_a_part_answers_the_one_before(message, login):
    body = json.loads(PLATFORM.body(message(reply=Reply(root="1", parent="2"), uploaded=["7"]), login))
    assert (body["in_reply_to_id"], body["media_ids"]) == ("2", ["7"])


def test_the_key_is_the_messages(message, soon):
    at = message().at
    assert PLATFORM.key("post.0", at) == PLATFORM.key("post.0", at)
    assert len({PLATFORM.key("post.0", at), PLATFORM.key("post.1", at), PLATFORM.key("post.0", soon)}) == 3


def test_the_preview_is_read_from_the_bytes(message, login):
    body = PLATFORM.body(message("See https://example.com/tea, @ada@b.example #tea", warning="Steam"), login)
    preview = PLATFORM.preview(body)
    assert preview.warning == "Steam"
    assert preview.stretches == [
        ("See ", ""),
        ("https://example.com/tea", "https://example.com/tea"),
        (", @ada@b.example #tea", ""),
    ]


def test_problems_are_by_what_this_server_allows(message, picture):
    limits = {"max_media_attachments": 1, "image_size_limit": 1_500_000, "image_matrix_limit": 2_000_000}
    large, wide = picture(size=1_500_001), picture(width=2000, height=1001, alt="Tea")
    found = PLATFORM.problems(message(pictures=[large, wide]), {**limits, "description_limit": 3})
    assert found == [
        "kettle.png: this server takes at most 1.5 MB.",
        "kettle.png: its description has at most 3 characters there.",
        "kettle.png: this server takes at most 2.0 megapixels.",
        "This server takes one picture.",
    ]
    assert PLATFORM.problems(message(pictures=[picture()]), {}) == []


def test_a_warning_that_makes_it_too_long_is_said_where_the_text_alone_is_not(message):
    assert PLATFORM.problems(message("x" * 498, warning="tea"), {}) == [
        "With its content warning it has 501 of 500 characters."
    ]
    assert PLATFORM.problems(message("x" * 497, warning="tea"), {}) == []
    assert PLATFORM.problems(message("x" * 501, warning="tea"), {}) == []  # the text's length is told by itself
