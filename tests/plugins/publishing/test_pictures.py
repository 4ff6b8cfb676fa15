"""Pictures of a post: brought, described, taken away, and seen by those who may see the post."""

from io import BytesIO

import pytest
from PIL import Image

from host import File, db, now
from host.testing import sign_in
from plugins.publishing import cloning
from plugins.publishing.content import drafts_of
from plugins.publishing.platforms import platforms
from plugins.publishing.states import State
from plugins.publishing.variant import Variant


def png(color: str = "green") -> BytesIO:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), color).save(drawn, "PNG")
    drawn.seek(0)
    return drawn


@pytest.fixture
def send(client):
    """send(post, do="upload", picture=…): press a button of the composer."""

    def press(post, **typed):
        chosen = [str(target.connection_id) for target in post.targets]
        data = {"revision": post.revision, "text": post.texts, "connection": chosen, **typed}
        answer = client.post(f"/publishing/posts/{post.id}", data=data, content_type="multipart/form-data")
        db.session.expire_all()
        return answer

    return press


@pytest.fixture
def medium(send, post):
    send(post, do="upload", picture=(png(), "wheel.png"))
    return post.media[0]


def test_a_picture_is_kept_at_once_and_words_stay_as_they_were_typed(send, post):
    answer = send(post, do="upload", text="Half a thought", picture=(png(), "wheel.png"))
    assert (answer.status_code, post.media[0].file.width, post.texts) == (200, 40, ["The kettle is on."])
    assert "Half a thought" in answer.text
    assert "no alt text" in answer.text
    assert f'name="revision" value="{post.revision}"' in answer.text


def test_it_is_described_with_the_rest(send, post, medium):
    send(post, do="draft", **{f"alt-{medium.id}": "A wheel off its frame"})
    assert medium.alt == "A wheel off its frame"


def test_without_a_description_it_is_not_scheduled(send, post, medium, soon, owner):
    at = soon.astimezone(owner.timezone).strftime("%Y-%m-%dT%H:%M")
    answer = send(post, do="schedule", at=at)
    assert (answer.status_code, post.targets[0].state) == (422, State.DRAFT)
    assert "Describe each picture" in answer.text
    assert send(post, do="schedule", at=at, **{f"alt-{medium.id}": "A wheel"}).status_code == 303


@pytest.mark.parametrize(
    ("brought", "says"),
    [
        ((b"just words", "wheel.png"), "is no picture"),
        ((png().getvalue()[:60], "wheel.png"), "broken"),
        ((b"", "wheel.png"), "empty"),
        ((b"", ""), "Choose a picture first."),
    ],
)
def test_what_is_no_picture_is_refused(send, post, brought, says):
    data, name = brought
    answer = send(post, do="upload", text="Typed", picture=(BytesIO(data), name))
    assert (answer.status_code, post.media) == (422, [])
    assert says in answer.text
    assert "Typed" in answer.text


def test_one_is_taken_away_with_its_file(send, post, medium):
    do = f"drop:{medium.id}"
    assert send(post, do=do).status_code == 200
    assert (post.media, db.session.scalars(db.select(File)).all()) == ([], [])
    assert send(post, do=do).status_code == 404


def test_a_file_stays_while_a_copy_of_the_post_shows_it(send, post, medium, owner):
    copy = cloning.clone(post, owner)
    send(post, do=f"drop:{medium.id}")
    assert [each.file.name for each in copy.media] == ["wheel.png"]


def test_the_picture_is_for_those_who_see_the_post(client, post, medium, member):
    address = f"/publishing/media/{medium.id}"
    with client.get(address) as answer:
        assert (answer.status_code, answer.content_type) == (200, "image/png")
    sign_in(client, member)
    assert client.get(address).status_code == 404
    post.shared = True
    with client.get(address) as answer:
        assert answer.status_code == 200


def test_each_part_of_a_thread_has_its_own(send, post, medium):
    parts = {"text": ["One", "Two"], f"alt-{medium.id}": "A wheel"}
    assert 'name="part-' in send(post, do="look", **parts).text
    send(post, do="draft", **parts, **{f"part-{medium.id}": "1"})
    assert medium.part == 1
    send(post, do="draft", text=["One"], **{f"part-{medium.id}": "1"})
    assert medium.part == 0


def test_a_shorter_thread_of_its_own_shows_the_rest_with_its_last_part(post, medium):
    medium.part = 2
    post.texts = ["one", "two", "three"]
    own = Variant(platform="mastodon", texts=["one, and two"], options={})
    post.variants = [own]
    mastodon, bluesky = (drafts_of(post, platforms()[name], now()) for name in ("mastodon", "bluesky"))
    assert [[each.name for each in message.pictures] for message in mastodon] == [["wheel.png"]]
    assert [[each.name for each in message.pictures] for message in bluesky] == [[], [], ["wheel.png"]]


def test_deleting_the_post_takes_its_pictures(client, post, medium):
    client.post(f"/publishing/posts/{post.id}/delete")
    db.session.expire_all()
    assert db.session.scalars(db.select(File)).all() == []


def test_nothing_is_brought_to_what_is_out(send, post):
    post.targets[0].state = State.PUBLISHED
    db.session.commit()
    answer = send(post, do="upload", picture=(png(), "wheel.png"))
    assert (answer.status_code, post.media) == (409, [])
