"""Lines in chats: what happened, where, and nothing that calls people or leads elsewhere."""

import pytest

from host import Board
from plugins.webhooks.webhook import Format

pytestmark = pytest.mark.sqlite_only("no database decides this")
HOSTILE = "<!channel> & [free](https://evil.example) @everyone **now** <b>"


@pytest.fixture
def said(receiver, hook, log, card, owner):
    """said(format, do): what its receiver got of what `do` did."""

    def one(format, do):  # noqa: A002
        server = receiver()
        webhook = hook(server, format=format)
        do()
        log(webhook)
        return [each.json for each in server.received]

    return one


def test_slack(said, card, owner):
    [body] = said(Format.SLACK, lambda: card.close(owner))
    assert body["text"].endswith("/cards/1|#1 Interview the bakers>: Ada Field closed this")
    assert body["text"].startswith("<http")
    assert body["unfurl_links"] is False


def test_discord(said, card, owner):
    [body] = said(Format.DISCORD, lambda: card.close(owner))
    assert body["content"].startswith(r"[\#1 Interview the bakers](<http")
    assert body["content"].endswith("/cards/1>): Ada Field closed this")
    assert body["allowed_mentions"] == {"parse": []}


def test_mattermost_and_teams(said, card, owner):
    [body] = said(Format.TEXT, lambda: card.close(owner))
    assert body["text"].startswith(r"[\#1 Interview the bakers](http")
    assert body["text"].endswith("/cards/1): Ada Field closed this")


def test_what_people_wrote_is_escaped_once_for_slack(said, card, owner):
    [body, _comment] = said(Format.SLACK, lambda: (card.rename(HOSTILE, owner), card.comment("a < b && c", owner)))
    assert "<!channel>" not in body["text"]
    assert "&lt;!channel&gt; &amp; [free]" in body["text"]
    assert "&amp;amp;" not in body["text"]


def test_a_comment_is_told_in_its_words(said, card, owner):
    [body] = said(Format.SLACK, lambda: card.comment("By **Sunday** < noon", owner))
    assert body["text"].endswith(": Ada Field: By Sunday &lt; noon")


@pytest.mark.parametrize(("format", "key"), [(Format.DISCORD, "content"), (Format.TEXT, "text")])
def test_what_people_wrote_makes_no_link_and_calls_nobody(said, card, owner, format, key):  # noqa: A002
    [body] = said(format, lambda: card.rename(HOSTILE, owner))
    assert "](https://evil" not in body[key]
    assert r"\[free\]\(https://evil.example\)" in body[key]
    assert "@everyone" not in body[key] or format is Format.DISCORD


def test_a_long_comment_fits(said, card, owner):
    [body] = said(Format.DISCORD, lambda: card.comment("*word* " * 5000, owner))
    assert len(body["content"]) <= 2000


@pytest.mark.parametrize(
    ("do", "words"),
    [
        (lambda card, owner: card.describe("ink", owner), "Ada Field changed the description"),
        (lambda card, owner: card.delete(by=owner), "Ada Field removed “Interview the bakers”"),
        (lambda card, owner: card.board.add_card("Bake", by=owner), "Ada Field added this"),
        (lambda card, owner: card.move_to(Board.create("Other", by=owner), owner), "to another board"),
    ],
)
def test_what_a_cards_story_leaves_out_has_words_too(said, card, owner, do, words):
    bodies = said(Format.SLACK, lambda: do(card, owner))
    assert words in bodies[0]["text"]


def test_a_test_says_what_it_is(receiver, hook, log, owner):
    from plugins.webhooks import dispatch

    server = receiver()
    webhook = hook(server, format=Format.TEXT)
    dispatch.test(webhook, owner)
    log(webhook)
    assert "This is how you will hear" in server.received[0].json["text"]
