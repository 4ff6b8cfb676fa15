"""Bringing posts in from files: looked at first, all or none, and undone at once."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from host import File, Invalid, db, now
from host.testing import sign_in
from plugins.publishing.connection import Connection
from plugins.publishing.post import Post
from plugins.publishing.states import State, Status
from plugins.publishing.transfer.batch import Import, Imported
from plugins.publishing.transfer.columns import guess
from plugins.publishing.transfer.table import Table

GOOD = """text,networks,time,zone,card
"One, two",mastodon,2030-07-01 09:30,Europe/Berlin,
Three,"feed; @ada@peer.example",,,
"""


@pytest.fixture
def bring(client, connection):
    """bring(text): the page that follows the upload."""

    def send(text, name: str = "posts.csv"):
        data = {"file": (BytesIO(text if isinstance(text, bytes) else text.encode()), name)}
        answer = client.post("/publishing/import", data=data, follow_redirects=True)
        db.session.expire_all()
        return answer

    return send


@pytest.fixture
def press(client):
    """press(do="run", wish="scheduled"): a button of the page of the last import."""

    def send(do: str = "run", *, path: str = "", **form):
        batch = db.session.scalars(select(Import)).one()
        answer = client.post(f"/publishing/import/{batch.id}{path}", data={"do": do, **form}, follow_redirects=True)
        db.session.expire_all()
        return answer

    return send


def posts() -> list[Post]:
    return list(db.session.scalars(select(Post).order_by(Post.id)))


def test_it_is_looked_at_first(bring, owner):
    owner.zone = "America/Los_Angeles"
    db.session.commit()
    answer = bring(GOOD)
    assert answer.status_code == 200
    assert "2 posts" in answer.text
    assert "01 July 2030, 00:30" in answer.text
    assert posts() == []


def test_they_come_in_as_drafts(bring, press, connection, owner):
    bring(GOOD)
    press()
    one, three = posts()
    assert (one.texts, one.status, one.at) == (["One, two"], Status.DRAFT, datetime(2030, 7, 1, 7, 30, tzinfo=UTC))
    assert (one.zone, [target.connection for target in one.targets]) == ("Europe/Berlin", [connection])
    assert [target.connection for target in three.targets] == [Connection.feed_of(owner.account), connection]


def test_or_scheduled_where_they_have_a_time(bring, press):
    bring(GOOD)
    press(wish="scheduled")
    assert [post.status for post in posts()] == [Status.SCHEDULED, Status.DRAFT]


def test_the_file_goes_once_the_posts_are_there(bring, press):
    bring(GOOD)
    press()
    assert db.session.scalar(select(func.count(File.id))) == 0
    again = press()
    assert (again.status_code, len(posts())) == (409, 2)


WRONG = [
    ("friendster", "", "is no account that you can publish on"),
    ("mastodon:@bob@peer.example", "", "is no account that you can publish on"),
    ("mastodon", "2020-01-01 10:00", "This time has gone by."),
    ("mastodon", "2027-03-28 02:30", "Clocks skip 02:30 that day"),
    ("mastodon", "tomorrow at noon", "is no time"),
    ("mastodon", "9999-12-31 23:59", "more than ten years ahead"),
    ("", "2030-01-01 10:00", "Choose where it goes."),
]


@pytest.mark.parametrize(("networks", "time", "says"), WRONG)
def test_what_is_wrong_stands_at_its_line_and_nothing_comes_in(bring, press, networks, time, says):
    bring(f"text,networks,time,zone\nFine,feed,,\nBad,{networks},{time},Europe/Berlin\n")
    answer = press(wish="scheduled")
    assert "Nothing was brought in" in answer.text
    assert says in answer.text
    assert posts() == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Bad,mastodon,Mars/Base,,", "There is no time zone"),
        ("Bad,mastodon,,4711,", "4711"),
        ("Bad,mastodon,,many,", "is no card"),
        ("Bad,mastodon,,,loud", "has no option"),
    ],
)
def test_zones_cards_and_options_have_to_be_there(bring, line, says):
    answer = bring(f"text,networks,zone,card,option:mastodon:visibility\n{line}\n")
    assert says in answer.text
    assert "1 post cannot be brought in" in answer.text


def test_one_that_is_too_long_is_told_when_it_would_be_scheduled(bring, press):
    bring(f"text,networks,time\n{'x' * 600},mastodon,2030-01-01 10:00\n")
    assert "too long for Mastodon" in press("look", wish="scheduled").text
    assert "too long" not in press("look").text


def test_a_time_that_has_gone_by_is_no_bar_to_a_draft(bring, press):
    assert "it comes in as a draft" in bring("text,networks,time\nOld,feed,2020-01-01 10:00\n").text
    press()
    assert posts()[0].status is Status.DRAFT


def test_several_accounts_have_to_be_told_apart(bring, connect):
    connect("mastodon", "@two@peer.example")
    db.session.commit()
    answer = bring("text,networks\nHi,mastodon\n")
    assert "mastodon:@two@peer.example" in answer.text


NO_TABLES = [
    (b"", "empty"),
    (b"text,networks\n", "There are no posts in this file."),
    (b"\n\n", "no line of column titles"),
    (b"text\n\xff\xfe\xfa", "UTF-8"),
    ("text\nCafé".encode("latin-1"), "UTF-8"),
    (b'text\n"never closed', "This is no CSV"),
    (b"PK\x03\x04\0\0\0\0", "no CSV"),
    (b"text,text\na,b\n", "Two columns are called"),
    (b"text\n" + b"a\n" * 5001, "at most 5000 posts"),
    (b"text\n" + b"a\n" * 501, "at most 500 posts"),
    (b"{", "no JSON that can be read"),
    (b'{"format": "other", "posts": []}', "no posts that were exported here"),
    (b"[" * 100_000, "no JSON that can be read"),
]


@pytest.mark.parametrize(("data", "says"), NO_TABLES)
def test_a_file_that_is_none_is_refused_and_not_kept(bring, data, says):
    answer = bring(data)
    assert answer.status_code == 422
    assert says in answer.text
    assert (db.session.query(Import).all(), db.session.query(File).all()) == ([], [])


def test_a_table_has_at_most_ten_megabytes():
    with pytest.raises(Invalid, match="10 MB"):
        Table.read(b"text\n" + b"x" * (10 * 1024 * 1024))


def test_no_file_is_asked_for(client):
    assert "Choose a file first." in client.post("/publishing/import", data={}).text


def test_tables_of_other_programs_are_read(bring, press):
    bring("Message;Profile;Date;Time\nHello;mastodon;2030-01-02;08:15\n".encode("utf-16"))
    press()
    (post,) = posts()
    assert (post.texts, len(post.targets), post.at.date().isoformat()) == (["Hello"], 1, "2030-01-02")


def test_columns_get_their_meaning_by_hand(bring, press):
    page = bring("Wording,Ort\nHello,feed\n")
    assert "Say which column has the text." in page.text
    assert "Say which column has the text." in press("look").text
    press("run", **{"column-0": "text", "column-1": "networks"})
    (post,) = posts()
    assert (post.texts, len(post.targets)) == (["Hello"], 1)


def test_a_meaning_is_given_once():
    assert guess(["Text", "Message", "Networks", "Foo", "text:mastodon"]) == {
        "Text": "text", "Message": "", "Networks": "networks", "Foo": "", "text:mastodon": "text:mastodon",
    }  # fmt: skip


def test_each_network_may_have_its_own_words_and_time(bring, press, connection):
    bring(
        "text,networks,time,zone,text:mastodon,time:mastodon,option:mastodon:visibility,text:feed\n"
        '"One\n---\nTwo","mastodon, feed",2030-01-02 08:00,UTC,Toot,2030-01-03 09:00,unlisted,Both\n'
    )
    press(wish="scheduled")
    (post,) = posts()
    assert (post.texts, post.texts_for("mastodon")) == (["One", "Two"], ["Toot"])
    assert post.options_for("mastodon") == {"visibility": "unlisted"}
    assert sorted((target.platform, target.due_at.day) for target in post.targets) == [("feed", 2), ("mastodon", 3)]


def test_what_is_there_already_is_told_and_left_out(bring, press, post):
    assert "says the same" in bring("text,networks\nThe kettle is on.,feed\nNew,feed\nNew,feed\n").text
    press("run", leave_out="1")
    assert [each.texts[0] for each in posts()] == ["The kettle is on.", "New"]


def test_or_kept_if_one_wants_it(bring, press, post):
    bring("text,networks\nThe kettle is on.,feed\n")
    press("run")
    assert len(posts()) == 2


def test_all_of_it_is_undone_at_once_but_for_what_was_touched_since(bring, press):
    bring("text,networks,time\nA,feed,2030-01-01 10:00\nB,feed,2030-01-01 10:00\nC,feed,2030-01-01 10:00\n")
    press("run", wish="scheduled")
    _one, two, three = posts()
    two.texts = ["B, rewritten"]
    three.targets[0].state = State.PUBLISHED
    db.session.commit()
    page = press(path="/undo")
    assert "1 post is gone again." in page.text
    assert [each.texts[0] for each in posts()] == ["B, rewritten", "C"]
    assert "There is nothing to undo." in press(path="/undo").text


def test_an_import_is_its_persons(bring, press, client, member):
    bring(GOOD)
    batch = db.session.scalars(select(Import)).one()
    press()
    sign_in(client, member)
    assert client.get(f"/publishing/import/{batch.id}").status_code == 404
    assert client.post(f"/publishing/import/{batch.id}/undo").status_code == 404
    assert db.session.scalar(select(func.count(Imported.post_id))) == 2


def test_another_file_takes_the_place_of_one_that_was_not_brought_in(bring, press):
    bring(GOOD)
    bring("text\nOther\n")
    assert db.session.scalar(select(func.count(File.id))) == 1
    press(path="/delete")
    assert (db.session.query(Import).all(), db.session.query(File).all()) == ([], [])


def test_a_members_posts_wait_for_approval_as_ever(bring, press, client, member, owner):
    from plugins.publishing.policy import Policy

    Policy.kept(owner.account).approval = True
    db.session.commit()
    sign_in(client, member)
    bring(f"text,networks,time\nA,feed,{now() + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}\n")
    press("run", wish="scheduled")
    assert posts()[0].status is Status.NEEDS_APPROVAL
