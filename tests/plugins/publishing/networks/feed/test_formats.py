"""What readers get: valid, and read by them as it was written."""

import json
import re
from datetime import timedelta

import feedparser
import pytest
from lxml import etree

from host import db
from plugins.publishing.networks.feed.entry import FeedEntry
from plugins.publishing.networks.feed.words import as_html, fit
from tests.plugins.publishing.networks.feed.conftest import NINE

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = {
    "markup": "<b>Pears</b> & <script>alert(1)</script>",
    "CDATA": "<![CDATA[ pears ]]> and ]]>",
    "control characters": "pe\0a\x01r\x0bs\x1b[31m\x7f\ufffe\uffff",
    "halves of characters": "pears \ud83c and \udf50",
    "emoji": "🍐 👨‍👩‍👧‍👦 🇺🇦 e\u0301",
    "entities": "&amp; &lt; &#0; &nbsp;",
    "right to left": "\u202epears\u202c שלום",
    "very long": "5000 characters: " + "x" * 4983,
    "many lines": "\n\n\n" + "a\r\nb\rc\n" * 300,
    "quotes": "\"pears\" 'plums' `apples`",
    "an XML of its own": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>',
}


@pytest.fixture
def read(account, anonymous):
    """`read("atom.xml")`: an answer to somebody who is not signed in."""
    return lambda name="atom.xml", **more: anonymous.get(f"/publishing/feeds/{account.id}/{name}", **more)


@pytest.fixture
def atom(read, schema):
    """The feed as XML, held against the schema."""

    def parsed(name="atom.xml"):
        answer = read(name)
        assert answer.status_code == 200
        tree = etree.fromstring(answer.data)
        assert schema.validate(tree), schema.error_log
        return tree

    return parsed


def test_a_feed_is_valid_and_read_as_it_was_written(atom, read, publish, account, picture):
    publish("The pears are ripe.\n\nhttps://pears.example", seed="1", language="en-GB", pictures=[picture()])
    publish("And the plums.", seed="2", at=NINE + timedelta(hours=1), options={"title": "Plums <now>"})
    atom()
    feed = feedparser.parse(read().data)
    assert not feed.bozo
    assert (feed.version, feed.feed.title, feed.feed.author) == ("atom10", "Meadow", "Meadow")
    assert [each.title for each in feed.entries] == ["Plums <now>", "The pears are ripe."]
    pears = feed.entries[1]
    assert pears.published == "2026-11-22T09:00:00.123456Z"
    assert pears.content[0].value.startswith('<p>The pears are ripe.</p><p><a href="https://pears.example">')
    assert (pears.content[0].type, pears.content[0].language) == ("text/html", "en-GB")
    [enclosure] = pears.enclosures
    assert (enclosure.type, enclosure.title) == ("image/png", "A pear")
    assert int(enclosure.length) > 0
    assert pears.id.startswith("urn:uuid:")
    assert pears.link.startswith(f"http://127.0.0.1:7333/publishing/feeds/{account.id}/entries/")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_written_the_feed_stays_whole(atom, read, publish, text):
    publish(text, options={"title": text[:50]})
    tree = atom()
    entry = json.loads(read("feed.json").data)["items"][0]
    content = tree.findtext(f"{ATOM}entry/{ATOM}content")
    assert content == entry["content_html"]
    assert re.sub(r"\s+", "", etree.HTML(content).xpath("string()")) == re.sub(r"\s+", "", fit(text))
    assert entry["content_text"] == fit(text).strip()
    assert set(re.findall(r"<(\w+)", content)) <= {"p", "br"}
    parsed = feedparser.parse(read().data)
    assert not parsed.bozo
    assert len(parsed.entries) == 1


def test_alternative_texts_and_names_are_written_safely(atom, publish, picture, account):
    account.name = "Meadow & <Sons>\x01"
    publish("x", pictures=[picture(alt='"><script>alert(1)</script>\0')])
    tree = atom()
    assert tree.findtext(f"{ATOM}title") == "Meadow & <Sons>"
    html = etree.HTML(tree.findtext(f"{ATOM}entry/{ATOM}content"))
    assert html.xpath("//img/@alt") == ['"><script>alert(1)</script>']
    assert html.xpath("//script") == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb\n\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("", ""),
        ("a\n  \n b", "<p>a</p><p>b</p>"),
        (
            "https://a.example/?b=1&c=2.",
            '<p><a href="https://a.example/?b=1&amp;c=2">https://a.example/?b=1&amp;c=2</a>.</p>',
        ),
        ("(see https://a.example/x_(y))", '<p>(see <a href="https://a.example/x_(y)">https://a.example/x_(y)</a>)</p>'),
        (
            'https://a.example"onmouseover="x',
            '<p><a href="https://a.example">https://a.example</a>&quot;onmouseover=&quot;x</p>',
        ),
        ("javascript:alert(1) http://", "<p>javascript:alert(1) http://</p>"),
        ("HTTPS://A.example, ok", '<p><a href="HTTPS://A.example">HTTPS://A.example</a>, ok</p>'),
    ],
)
def test_a_text_becomes_paragraphs_with_links(text, html):
    assert as_html(text) == html


def test_json_says_the_same(read, publish, picture, account):
    publish("The pears are ripe.", language="en", pictures=[picture(), picture(50, alt="")])
    feed = json.loads(read("feed.json").data)
    base = f"http://127.0.0.1:7333/publishing/feeds/{account.id}"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["feed_url"], feed["authors"]) == ("Meadow", f"{base}/feed.json", [{"name": "Meadow"}])
    assert "next_url" not in feed
    [item] = feed["items"]
    key = item["id"].removeprefix("urn:uuid:")
    assert (item["url"], item["language"]) == (f"{base}/entries/{key}", "en")
    assert item["date_published"] == "2026-11-22T09:00:00.123456Z"
    pear, plum = item["attachments"]
    assert item["image"] == pear["url"] == f"{base}/entries/{key}/pictures/0"
    assert (pear["mime_type"], pear["title"], "title" in plum) == ("image/png", "A pear", False)


def test_pages_lead_through_all_of_it(atom, read, publish, account, monkeypatch):
    monkeypatch.setattr("plugins.publishing.networks.feed.entry.AT_ONCE", 3)
    monkeypatch.setattr("plugins.publishing.networks.feed.page.AT_ONCE", 3)
    for number in range(7):
        at = NINE + timedelta(minutes=number // 2)  # two each at one moment
        publish(f"Pear {number}", seed=str(number), at=at)
    seen, name = [], "atom.xml"
    while name:
        tree = atom(name)
        seen += [each.text for each in tree.findall(f"{ATOM}entry/{ATOM}title")]
        links = {link.get("rel"): link.get("href").rpartition("/")[2] for link in tree.findall(f"{ATOM}link")}
        assert (links["self"], links["first"]) == (name, "atom.xml")
        name = links.get("next")
    assert seen == [f"Pear {number}" for number in reversed(range(7))]
    older = json.loads(read("feed.json").data)["next_url"].rpartition("/")[2]
    assert [each["title"] for each in json.loads(read(older).data)["items"]] == ["Pear 3", "Pear 2", "Pear 1"]


def test_exactly_a_page_has_no_next(atom, publish, monkeypatch):
    monkeypatch.setattr("plugins.publishing.networks.feed.entry.AT_ONCE", 2)
    monkeypatch.setattr("plugins.publishing.networks.feed.page.AT_ONCE", 2)
    for number in range(2):
        publish(seed=str(number))
    assert [link.get("rel") for link in atom().findall(f"{ATOM}link")] == ["self", "alternate", "first"]


def test_a_feed_from_which_all_was_removed_is_empty_and_valid(atom, publish):
    publish()
    db.session.scalars(db.select(FeedEntry)).one().remove()
    assert atom().findall(f"{ATOM}entry") == []


def test_a_feed_keeps_its_name_and_two_never_share_one(atom, publish, account, stranger):
    publish()
    before = atom().findtext(f"{ATOM}id")
    account.name = "Pasture"
    assert atom().findtext(f"{ATOM}id") == before
    FeedEntry.publish(stranger.account, "0" * 8, {"title": "x", "text": "x", "pictures": [], "language": ""}, NINE)
    db.session.flush()
    from plugins.publishing.networks.feed.page import _urn

    assert _urn(stranger.account) != before
