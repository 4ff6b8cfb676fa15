"""Pictures that programs bring."""

from io import BytesIO

import pytest
from PIL import Image

from host import File, db
from plugins.publishing.states import State


def png() -> BytesIO:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "PNG")
    drawn.seek(0)
    return drawn


@pytest.fixture
def bring(ask):
    """bring(post, alt="A wheel"): the answer to a picture."""

    def send(post, file=None, by=ask, **fields):
        return by("POST", "/media", data={"post": post.id, "file": file or (png(), "wheel.png"), **fields})

    return send


def test_one_is_brought_described_and_taken_away(ask, bring, post):
    answer = bring(post, alt="A wheel")
    assert answer.status_code == 201
    given = answer.json
    assert (given["alt"], given["name"], given["type"], given["width"]) == ("A wheel", "wheel.png", "image/png", 40)
    assert (
        ask("PATCH", f"/media/{given['id']}", {"alt": "A wheel off its frame"}).json["alt"] == "A wheel off its frame"
    )
    assert ask("GET", f"/posts/{post.id}").json["media"] == [ask("GET", f"/media/{given['id']}").json]
    assert [each["id"] for each in ask("GET", f"/media?post={post.id}").json] == [given["id"]]
    assert ask("DELETE", f"/media/{given['id']}").status_code == 204
    assert (post.media, db.session.query(File).all()) == ([], [])


def test_a_new_description_voids_the_approval(ask, bring, post):
    given = bring(post, alt="A wheel").json
    ask("PUT", f"/posts/{post.id}/approval", {})
    ask("PATCH", f"/media/{given['id']}", {"alt": "A wheel"})
    assert post.approved_hash
    ask("PATCH", f"/media/{given['id']}", {"alt": "Else"})
    assert post.approved_hash is None


@pytest.mark.parametrize(
    ("file", "fields"),
    [
        (b"words", {}),
        (b"", {}),
        (None, {"alt": "x" * 1501}),
        (None, {"part": "-1"}),
    ],
)
def test_what_will_not_do_is_refused(bring, post, file, fields):
    answer = bring(post, None if file is None else (BytesIO(file), "a.png"), **fields)
    assert (answer.status_code, post.media) == (422, [])
    assert answer.json["errors"]


def test_without_a_file_there_is_nothing_to_keep(ask, post):
    assert list(ask("POST", "/media", data={"post": post.id}).json["errors"]) == ["file"]


def test_pictures_of_what_is_out_stay(ask, bring, scheduled):
    given = bring(scheduled.post, alt="A wheel").json
    scheduled.state = State.PUBLISHED
    db.session.commit()
    assert ask("PATCH", f"/media/{given['id']}", {"alt": "Else"}).status_code == 409
    assert ask("DELETE", f"/media/{given['id']}").status_code == 409
    assert bring(scheduled.post).status_code == 409


def test_others_pictures_are_not_there(program, bring, post, member, stranger):
    given = bring(post).json
    for person in (member, stranger):
        theirs = program(person)
        assert theirs("GET", "/media").json == []
        assert theirs("GET", f"/media?post={post.id}").status_code == 404
        assert theirs("GET", f"/media/{given['id']}").status_code == 404
        assert theirs("PATCH", f"/media/{given['id']}", {"alt": "x"}).status_code == 404
        assert theirs("DELETE", f"/media/{given['id']}").status_code == 404
        assert bring(post, by=theirs).status_code == 404
