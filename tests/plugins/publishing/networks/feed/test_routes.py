"""Who may read the feed, how often, and what of it lies in the data folder."""

import json
from pathlib import Path

import pytest
from flask import current_app

from host import db
from plugins.publishing.networks.feed.entry import FeedEntry
from plugins.publishing.networks.feed.files import folder
from tests.plugins.publishing.networks.feed.conftest import NINE

TYPES = {"atom.xml": "application/atom+xml", "feed.json": "application/feed+json"}
NAMES = [*TYPES]


@pytest.fixture
def base(account):
    return f"/publishing/feeds/{account.id}"


@pytest.fixture
def entry(publish, picture):
    """One with two pictures."""
    publish("The pears are ripe.\n\nhttps://pears.example", pictures=[picture(), picture(50, alt="A plum")])
    return db.session.scalars(db.select(FeedEntry)).one()


@pytest.mark.parametrize(("name", "kind"), TYPES.items())
def test_anybody_may_read_it_and_keep_it_for_a_while(anonymous, client, base, entry, name, kind):
    for browser in (anonymous, client):
        answer = browser.get(f"{base}/{name}")
        assert (answer.status_code, answer.content_type) == (200, f"{kind}; charset=utf-8")
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "Access-Control-Allow-Origin" not in answer.headers  # on a desktop other sites may not look in


@pytest.mark.parametrize("name", NAMES)
def test_what_has_not_changed_is_not_sent_again(anonymous, base, entry, publish, travel, name):
    first = anonymous.get(f"{base}/{name}")
    for header, said in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        again = anonymous.get(f"{base}/{name}", headers={header: first.headers[said]})
        assert (again.status_code, again.data) == (304, b""), header
    travel(minutes=1)
    publish("Another", seed="another")
    for header, said in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        assert anonymous.get(f"{base}/{name}", headers={header: first.headers[said]}).status_code == 200, header


@pytest.mark.parametrize("name", NAMES)
def test_its_head_alone_may_be_asked_for(anonymous, base, entry, name):
    whole, head = anonymous.get(f"{base}/{name}"), anonymous.head(f"{base}/{name}")
    assert (head.status_code, head.data) == (200, b"")
    assert [head.headers[each] for each in ("ETag", "Content-Length")] == [
        whole.headers[each] for each in ("ETag", "Content-Length")
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_space_that_never_published_has_none(anonymous, base, name):
    """Else anybody could list the names of all spaces."""
    for address in (f"{base}/{name}", f"/publishing/feeds/4711/{name}"):
        answer = anonymous.get(address)
        assert answer.status_code == 404
        assert "Meadow" not in answer.text


@pytest.mark.parametrize("before", ["", "x", "-1", "0", "4711", "9223372036854775808", "9" * 40, "9" * 5000, "٣"])
def test_a_page_after_nothing_is_not_found(anonymous, base, entry, before):
    assert anonymous.get(f"{base}/atom.xml?before={before}").status_code == 404


def test_an_entry_has_a_page(anonymous, base, entry):
    answer = anonymous.get(f"{base}/entries/{entry.key}")
    assert answer.status_code == 200
    assert '<a href="https://pears.example">https://pears.example</a>' in answer.text
    assert f'src="{base}/entries/{entry.key}/pictures/1" alt="A plum"' in answer.text
    assert "Meadow" in answer.text


def test_what_was_written_is_text_on_its_page(anonymous, base, publish):
    publish("<script>alert(1)</script>", options={"title": "</title><script>"})
    entry = db.session.scalars(db.select(FeedEntry)).one()
    text = anonymous.get(f"{base}/entries/{entry.key}").text
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_pictures_of_entries_are_for_all(anonymous, client, base, entry, picture):
    for browser in (anonymous, client):
        answer = browser.get(f"{base}/entries/{entry.key}/pictures/1", buffered=True)
        assert (answer.status_code, answer.content_type, answer.data) == (200, "image/png", picture(50).read())
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers


def test_no_other_picture_is_for_anybody(anonymous, base, entry, stranger, account):
    address = f"{base}/entries/{entry.key}/pictures"
    elsewhere = f"/publishing/feeds/{stranger.account_id}/entries/{entry.key}"
    for path in (
        f"{address}/2",
        f"{address}/9223372036854775807",
        f"{address}/-1",
        elsewhere,
        f"{elsewhere}/pictures/0",
    ):
        assert anonymous.get(path).status_code == 404, path


def test_what_was_removed_is_gone_for_all(anonymous, base, entry, drain_jobs):
    key = entry.key
    entry.remove()
    drain_jobs()
    assert "The pears are ripe" not in anonymous.get(f"{base}/atom.xml").text
    for path in (f"{base}/entries/{key}", f"{base}/entries/{key}/pictures/0"):
        assert anonymous.get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nobody_writes_to_it(anonymous, base, entry, method):
    for name in (*NAMES, f"entries/{entry.key}"):
        assert anonymous.open(f"{base}/{name}", method=method).status_code in (400, 405)


def test_it_lies_in_the_data_folder_as_well(anonymous, account, base, entry, publish, drain_jobs):
    drain_jobs()
    place = folder(account.id)
    assert place == Path(current_app.extensions["fallow"].config.data) / "feed" / str(account.id)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == {
        name: anonymous.get(f"{base}/{name}").data for name in NAMES
    }
    publish("Another", seed="another")
    drain_jobs()
    written = json.loads((place / "feed.json").read_text())
    assert "Another" in {each["title"] for each in written["items"]}
    assert sorted(path.name for path in place.iterdir()) == NAMES


def test_a_change_that_is_undone_writes_nothing(account, drain_jobs):
    FeedEntry.publish(account, "x", {"title": "x", "text": "x", "pictures": [], "language": ""}, NINE)
    db.session.rollback()
    drain_jobs()
    assert not folder(account.id).exists()


def test_whoever_reads_meanwhile_gets_the_old_one_whole(account, entry, publish, drain_jobs, monkeypatch):
    drain_jobs()
    before = (folder(account.id) / "atom.xml").read_bytes()

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    publish("Another", seed="another")
    drain_jobs()
    assert (folder(account.id) / "atom.xml").read_bytes() == before
    assert sorted(path.name for path in folder(account.id).iterdir()) == NAMES
