"""`fallow publishing export`, `import` and `undo`."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from host import Fault, NotFound, db
from host.commands import Given
from plugins.publishing.connection import Connection
from plugins.publishing.post import Post
from plugins.publishing.states import Status
from plugins.publishing.transfer.batch import Import
from plugins.publishing.transfer.commands import export_posts, import_posts, undo


@pytest.fixture
def run(app, owner):
    """run(import_posts, "posts.csv"): what the command prints."""
    Connection.feed_of(owner.account)

    def invoke(command, *arguments) -> str:
        db.session.commit()
        words = [str(each) for each in arguments]
        return CliRunner().invoke(command, words, obj=Given(), catch_exceptions=False).output

    return invoke


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("text,networks,time\nOne,feed,2030-01-01 10:00Z\nTwo,feed,\n")
    return path


def count() -> int:
    return db.session.scalar(select(func.count(Post.id))) or 0


def test_a_rehearsal_changes_nothing(run, table):
    printed = run(import_posts, table, "--schedule", "--dry-run")
    assert "1 draft, 1 scheduled, 0 left out. Nothing was changed" in printed
    assert (count(), db.session.scalar(select(func.count(Import.id)))) == (0, 0)


def test_posts_come_in_and_are_taken_back(run, table):
    printed = run(import_posts, table, "--schedule")
    assert sorted(post.status for post in db.session.scalars(select(Post))) == [Status.DRAFT, Status.SCHEDULED]
    number = db.session.scalar(select(Import.id))
    assert f"`fallow publishing undo {number}` takes it back." in printed
    assert run(undo, number) == "2 posts are gone again.\n"
    assert count() == 0
    with pytest.raises(Fault, match="nothing to undo"):
        run(undo, number)


def test_each_line_is_told_as_json_too(run, table):
    rows = json.loads(run(import_posts, table, "--json"))
    assert [(row["row"], row["title"], row["becomes"]) for row in rows] == [(2, "One", "draft"), (3, "Two", "draft")]


def test_nothing_comes_in_where_something_is_wrong(run, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("text,networks\nFine,feed\nBad,friendster\n")
    with pytest.raises(Fault, match="1 post cannot be brought in"):
        run(import_posts, bad)
    assert count() == 0


def test_what_is_there_already_is_left_out_unless_wanted(run, table):
    run(import_posts, table)
    assert "2 left out" in run(import_posts, table)
    run(import_posts, table, "--keep-duplicates")
    assert count() == 4


def test_columns_can_be_given_their_meaning(run, tmp_path):
    odd = tmp_path / "odd.csv"
    odd.write_text("Wording,Ort\nHello,feed\n")
    with pytest.raises(Fault, match="which column has the text"):
        run(import_posts, odd)
    run(import_posts, odd, "--column", "Wording=text", "--column", "Ort=networks")
    (post,) = db.session.scalars(select(Post)).all()
    assert (post.texts, len(post.targets)) == (["Hello"], 1)


def test_what_was_exported_comes_back_for_somebody_else(run, post, member, tmp_path):
    out = tmp_path / "out.json"
    assert run(export_posts, "-o", out) == ""
    assert run(export_posts, "--format", "csv").startswith('\ufeff"text"')
    post.targets.clear()
    with pytest.raises(Fault, match="1 post cannot be brought in"):  # Ada's account is not Ben's to use
        run(import_posts, out, "--user", member.email)
    bare = tmp_path / "bare.json"
    run(export_posts, "-o", bare)
    run(import_posts, bare, "--user", member.email)
    assert [each.author for each in db.session.scalars(select(Post).order_by(Post.id))] == [post.author, member]


def test_files_and_people_have_to_be_there(run, tmp_path, table):
    with pytest.raises(Fault, match="cannot be read"):
        run(import_posts, tmp_path / "none.csv")
    with pytest.raises(Fault, match="cannot be written"):
        run(export_posts, "-o", tmp_path / "no" / "out.json")
    with pytest.raises(NotFound, match="Nobody in"):
        run(import_posts, table, "--user", "nobody@example.org")
    with pytest.raises(Fault, match="no such import"):
        run(undo, 4711)
