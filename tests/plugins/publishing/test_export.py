"""Taking posts out: JSON comes back as it was, and a table runs nothing in a spreadsheet."""

import csv
import io
import json
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from host import Account, db, now
from plugins.publishing import picturing
from plugins.publishing.change import Change
from plugins.publishing.connection import Connection
from plugins.publishing.describing import describe
from plugins.publishing.post import Post
from plugins.publishing.scheduling import schedule
from plugins.publishing.transfer import as_csv, as_json
from plugins.publishing.transfer.bringing import Bringing, Wish, ignore
from plugins.publishing.transfer.cell import bare, guarded
from plugins.publishing.transfer.columns import guess
from plugins.publishing.transfer.export import KINDS, exported
from plugins.publishing.transfer.table import Table


@pytest.fixture
def full(owner, connect, board):
    """With all that a post can have."""
    card = board.add_card("Launch", by=owner)
    connections = [connect(), connect("bluesky", "ada.example"), Connection.feed_of(owner.account)]
    variants = {"mastodon": {"texts": ["Toot", "Toot on"], "options": {"visibility": "unlisted"}}}
    variants["feed"] = {"texts": ["All of it"], "options": {}}
    at = (now() + timedelta(days=3)).replace(second=0, microsecond=0)
    post = Change(["One\nline", "Two"], variants, connections, card, shared=True).draft(owner)
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "PNG")
    drawn.seek(0)
    medium = picturing.add(post, drawn, "wheel.png", owner, part=1)
    describe(medium, "A wheel", 1, owner)
    post.variants[1].detached_from = "f" * 64
    schedule(post, at, owner, zone="Europe/Berlin", own={connections[1].id: at + timedelta(hours=2)})
    db.session.commit()
    return post


def bring(items, owner):
    report, posts = Bringing(owner, Wish.SCHEDULED, leave_out_duplicates=False).bring(items, ignore)
    assert not report.errors, report.lines
    return posts


def test_json_comes_back_as_it_was(full, owner):
    written = exported(owner, KINDS["json"])
    (copy,) = bring(as_json.read(written), owner)
    again = json.loads(as_json.dump([copy]))
    assert again == json.loads(written)
    assert copy.media[0].file.read() == full.media[0].file.read()
    assert [target.due_at for target in copy.targets] == [target.due_at for target in full.targets]


def test_it_may_come_back_in_another_space(full, owner, connect):
    written = exported(owner, KINDS["json"])
    zoe = Account.open("Quarry", owner_name="Zoe Stone", email="zoe@example.org")
    connect(by=zoe), connect("bluesky", "ada.example", by=zoe)
    items = as_json.read(written.replace(b'"card": 1', b'"card": null'))
    (copy,) = bring(items, zoe)
    assert [target.connection.account for target in copy.targets] == [zoe.account] * 3


def test_a_table_comes_back_with_all_but_pictures(full, owner):
    table = Table.read(exported(owner, KINDS["csv"]))
    items = as_csv.read(table, guess(table.titles), owner)
    (copy,) = bring(items, owner)
    for name in ("texts", "at", "zone", "card", "shared", "status"):
        assert getattr(copy, name) == getattr(full, name), name
    assert (copy.texts_for("mastodon"), copy.options_for("mastodon")) == (
        ["Toot", "Toot on"],
        {"visibility": "unlisted"},
    )
    assert [target.due_at for target in copy.targets] == [target.due_at for target in full.targets]
    assert "A table has no pictures" in items[0].notes[0]


FORMULAS = ['=HYPERLINK("http://evil.example","x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''-1"]


@pytest.mark.parametrize("text", [*FORMULAS, "plain", "'quoted'", "a=b", ""])
def test_cells_come_back_as_they_were(text):
    assert bare(guarded(text)) == text


def test_a_table_runs_nothing(owner):
    for text in FORMULAS:
        Post.draft(owner, [text])
    db.session.commit()
    written = exported(owner, KINDS["csv"]).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert len(rows) == len(FORMULAS)
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for row in rows for cell in row.values())


def test_what_is_out_comes_in_as_a_draft(scheduled, owner):
    scheduled.state = "published"
    db.session.commit()
    (copy,) = bring(as_json.read(exported(owner, KINDS["json"])), owner)
    assert (copy.status, copy.at) == ("draft", scheduled.post.at)


@pytest.mark.parametrize(("kind", "type"), [("csv", "text/csv"), ("json", "application/json")])
def test_it_is_downloaded(client, post, member, kind, type):  # noqa: A002
    secret = Post.draft(member, ["Ben's own"])
    db.session.commit()
    answer = client.get(f"/publishing/export?format={kind}")
    assert (answer.status_code, answer.mimetype) == (200, type)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=posts.{kind}"
    assert "The kettle is on." in answer.text
    assert secret.texts[0] not in answer.text
    assert client.get("/publishing/export?format=xml").status_code == 422


WRONG = [
    ({}, "texts"),
    ({"texts": "x"}, "texts"),
    ({"texts": ["x"], "mood": 1}, "mood"),
    ({"texts": ["x"], "targets": [{"handle": "a"}]}, "targets.0.network"),
    ({"texts": ["x"], "zone": "Mars"}, "zone"),
    ({"texts": ["x"], "at": "soon"}, "at"),
    ({"texts": ["x"], "media": [{"name": "a.png", "data": "%%"}]}, "base64"),
    ("x", "_schema"),
    (None, "_schema"),
]


@pytest.mark.parametrize(("told", "says"), WRONG)
def test_what_is_wrong_in_json_stands_at_its_post(app, told, says):
    data = json.dumps({"format": "fallow-posts", "version": 1, "posts": [{"texts": ["fine"]}, told]}).encode()
    fine, wrong = as_json.read(data)
    assert (fine.errors, wrong.number) == ((), 2)
    assert says in " ".join(wrong.errors)


def test_a_picture_that_is_none_bars_its_post(app, owner):
    post = {"texts": ["x"], "media": [{"name": "a.png", "data": "eHh4"}]}
    data = json.dumps({"format": "fallow-posts", "version": 1, "posts": [post]}).encode()
    report, _posts = Bringing(owner).bring(as_json.read(data), ignore)
    assert "is no picture" in report.lines[0].errors[0]
    assert db.session.scalars(select(Post)).all() == []
