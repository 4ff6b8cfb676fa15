"""A post that is out on one network and not on another: the rest may be reworded, and what is out says what it said."""

import re
from datetime import timedelta

import pytest

from host import db, now
from plugins.publishing import describing
from plugins.publishing.content import drafts_of, message_of
from plugins.publishing.medium import Medium
from plugins.publishing.part import Part, PartState
from plugins.publishing.platforms import platforms
from plugins.publishing.policy import Policy
from plugins.publishing.post import TooLate
from plugins.publishing.removing import take_back
from plugins.publishing.scheduling import choose, schedule, unschedule
from plugins.publishing.states import State, Status
from plugins.publishing.version import Version
from tests.plugins.publishing.test_composer import fields
from tests.plugins.publishing.test_pictures import png

GONE = [State.CLAIMED, State.SENDING, State.UNCONFIRMED, State.PUBLISHED]


@pytest.fixture
def halfway(post, connect, owner, soon):
    """halfway(State.SENDING): Mastodon has it, Bluesky is scheduled."""

    def made(state: State = State.PUBLISHED):
        choose(post, [post.targets[0].connection, connect("bluesky", "ada.example")])
        schedule(post, soon, owner)
        post.targets[0].state = state
        db.session.commit()
        return post

    return made


@pytest.fixture
def send(client):
    """send(post, do="schedule", text="…"): press a button of the composer."""

    def press(post, **typed):
        answer = client.post(f"/publishing/posts/{post.id}", data=fields(post, **typed))
        db.session.expire_all()
        return answer

    return press


def write(post, texts, variants=None):
    post.write(texts, variants or {}, revision=post.revision, card=None)


def said(post, platform):
    return list(post.texts_for(platform))


@pytest.mark.parametrize("state", GONE)
def test_the_rest_is_reworded_and_what_is_out_keeps_its_words(halfway, state):
    post = halfway(state)
    write(post, ["The kettle is off."])
    db.session.commit()
    assert (said(post, "mastodon"), said(post, "bluesky")) == (["The kettle is on."], ["The kettle is off."])
    assert (post.targets[0].state, post.targets[1].state) == (state, State.SCHEDULED)
    write(post, ["The kettle sings."])
    assert (said(post, "mastodon"), said(post, "bluesky")) == (["The kettle is on."], ["The kettle sings."])


def test_a_thread_that_is_out_keeps_its_parts(halfway):
    post = halfway()
    post.texts = ["One", "Two"]
    write(post, ["One", "And a half", "Two"])
    assert (said(post, "mastodon"), len(said(post, "bluesky"))) == (["One", "Two"], 3)


def test_of_a_thread_that_failed_on_its_way_the_words_stay(halfway):
    post = halfway(State.FAILED)
    parts = post.targets[0].parts
    parts += [Part(number=number, key=str(number), at=post.at, state=state)
              for number, state in enumerate([PartState.PUBLISHED, PartState.WAITING])]  # fmt: skip
    db.session.commit()
    write(post, ["Else"])
    assert (said(post, "mastodon"), len(post.targets[0].parts)) == (["The kettle is on."], 2)


def test_what_is_being_made_ready_is_not_made_void(halfway):
    post = halfway(State.CLAIMED)
    target = post.targets[0]
    target.parts.append(Part(number=0, key="k", at=post.at, body=b"{}"))
    db.session.commit()
    write(post, ["Else"])
    assert (len(target.parts), target.generation) == (1, 0)
    assert message_of(target, target.parts[0]).text == "The kettle is on."


@pytest.mark.parametrize(
    "variants",
    [{"mastodon": {"texts": ["Else"]}}, {"mastodon": {"options": {"visibility": "unlisted"}}}],
)
def test_words_of_their_own_for_what_is_out_are_too_late(halfway, variants):
    post = halfway()
    with pytest.raises(TooLate, match="it is out on @ada"):
        write(post, ["The kettle is off."], variants)


def test_words_and_options_of_its_own_stay_as_they_went(halfway):
    post = halfway(State.SCHEDULED)
    own = {"texts": ["Own"], "options": {"visibility": "unlisted"}}
    write(post, ["Shared"], {"mastodon": own})
    post.targets[0].state = State.PUBLISHED
    db.session.commit()
    write(post, ["Shared anew"], {"mastodon": own})
    write(post, ["Once more"])  # left out, it stays, too
    assert (said(post, "mastodon"), post.options_for("mastodon")) == (["Own"], {"visibility": "unlisted"})


@pytest.mark.parametrize("state", GONE)
def test_where_nothing_is_left_to_be_reworded_it_is_too_late(halfway, state):
    post = halfway(state)
    post.targets[1].state = State.PUBLISHED
    db.session.commit()
    with pytest.raises(TooLate):
        write(post, ["Else"])
    with pytest.raises(TooLate):
        write(post, post.texts, {"x": {"texts": ["Else"]}})


def test_an_approval_is_lost_by_what_is_still_to_come(halfway, member, account, owner):
    Policy.kept(account).approval = True
    post = halfway()
    post.author, post.approved_hash = member, post.content_hash
    db.session.commit()
    write(post, ["Else"])
    assert [target.state for target in post.targets] == [State.PUBLISHED, State.NEEDS_APPROVAL]


@pytest.mark.parametrize("state", GONE)
def test_the_rest_gets_another_time(halfway, owner, soon, state):
    post, later = halfway(state), soon + timedelta(days=1)
    notes = schedule(post, later, owner)
    assert [target.due_at for target in post.targets] == [soon, later]
    on_its_way = "It is on its way to @ada@peer.example, and keeps its time."
    assert notes == ([] if state is State.PUBLISHED else [on_its_way])


@pytest.mark.parametrize("state", [State.CLAIMED, State.SENDING, State.UNCONFIRMED])
def test_another_time_for_what_is_on_its_way_is_too_late(halfway, owner, soon, state):
    post = halfway(state)
    with pytest.raises(TooLate):
        schedule(post, soon, owner, own={post.targets[0].connection_id: soon + timedelta(days=1)})


@pytest.mark.parametrize("state", GONE)
def test_the_rest_is_a_draft_again(halfway, state):
    post = halfway(state)
    unschedule(post)
    assert [target.state for target in post.targets] == [state, State.DRAFT]


def test_an_earlier_version_comes_back_for_the_rest(halfway, owner):
    post = halfway()
    Version.keep(post, owner)
    write(post, ["Second"])
    take_back(post, Version.of(post)[0], owner)
    assert (post.texts, said(post, "mastodon")) == (["The kettle is on."], ["The kettle is on."])


@pytest.fixture
def pictured(halfway, client):
    """A thread of three with a picture in its last part, out on Mastodon."""
    post = halfway(State.SCHEDULED)
    write(post, ["One", "Two", "Three"])
    data = {**fields(post), "do": "upload", "picture": (png(), "wheel.png")}
    assert client.post(f"/publishing/posts/{post.id}", data=data, content_type="multipart/form-data").status_code == 200
    medium = db.session.scalars(db.select(Medium)).one()
    medium.part, medium.alt = 2, "A wheel"
    medium.post.targets[0].state = State.PUBLISHED
    db.session.commit()
    return medium


def test_a_shorter_thread_leaves_the_picture_where_it_went(pictured, send):
    post = pictured.post
    typed = {f"alt-{pictured.id}": "A wheel"}
    assert send(post, do="draft", text=["One", "Two"], **typed).status_code == 303
    mastodon, bluesky = (
        [len(message.pictures) for message in drafts_of(post, platforms()[name], now())]
        for name in ("mastodon", "bluesky")
    )
    assert (mastodon, bluesky) == ([0, 0, 1], [0, 1])


@pytest.mark.parametrize("typed", [{"alt": "Two wheels"}, {"part": "0"}])
def test_its_pictures_stay_as_they_went(pictured, send, typed):
    post = pictured.post
    answer = send(post, do="draft", **{f"{name}-{pictured.id}": value for name, value in typed.items()})
    assert (answer.status_code, pictured.alt, pictured.part) == (409, "A wheel", 2)
    assert "Too late: it is out on @ada@peer.example." in answer.text
    assert send(post, do=f"drop:{pictured.id}").status_code == 409
    with pytest.raises(TooLate):
        describing.describe(pictured, "Two wheels", 2, post.author)


def test_the_page_writes_the_rest_and_shows_what_is_out(client, send, halfway):
    post = halfway()
    page = client.get(f"/publishing/posts/{post.id}").text
    assert 'name="text"' in page
    assert "What it says there stays" in page
    assert 'name="option-mastodon-visibility"' not in page
    assert 'id="do-delete"' not in page
    assert 'id="do-upload"' not in page
    fixed, open_one = (each.connection_id for each in post.targets)
    assert re.search(rf'id="connection-{fixed}"[^>]*checked disabled', page)
    assert f'type="hidden" name="connection" value="{fixed}"' in page
    assert (f'name="at-{fixed}"' in page, f'name="at-{open_one}"' in page) == (False, True)


@pytest.mark.parametrize("state", GONE)
def test_what_the_page_sends_rewords_the_rest_and_gives_it_a_time(send, halfway, owner, soon, state):
    post = halfway(state)
    at = (soon + timedelta(days=2)).astimezone(owner.timezone).strftime("%Y-%m-%dT%H:%M")
    assert send(post, do="schedule", text="Off, then", at=at).status_code == 303
    assert (said(post, "mastodon"), said(post, "bluesky")) == (["The kettle is on."], ["Off, then"])
    assert post.targets[1].due_at - post.targets[0].due_at > timedelta(days=1)


def test_a_look_shows_the_words_that_went_out_and_sends_them_along(send, halfway):
    post = halfway()
    looked = send(post, do="look", text="Off,\nthen").text
    assert 'name="own" value="mastodon"' in looked
    assert 'name="text-mastodon" value="The kettle is on."' in looked
    own = {"own": "mastodon", "text-mastodon": "The kettle is on."}
    assert send(post, do="schedule", text="Off,\nthen", at="2031-05-06T10:00", **own).status_code == 303
    assert said(post, "mastodon") == ["The kettle is on."]


def test_words_typed_before_it_went_are_told_too_late_and_not_lost(send, halfway):
    post = halfway()
    own = {"own": "mastodon", "text-mastodon": "Typed in time"}
    answer = send(post, do="draft", **own)
    assert (answer.status_code, "Typed in time" in answer.text) == (409, True)
    assert "came too late" in answer.text
    assert 'name="text-mastodon" value="The kettle is on."' in answer.text  # so that the next try is none too late
    assert post.status is Status.PARTLY_PUBLISHED


def test_while_typing_it_is_counted_without_what_is_out(client, halfway):
    post = halfway()
    counted = client.post(f"/publishing/posts/{post.id}/count", data=fields(post, text="x" * 400)).text
    assert "100 characters too long for Bluesky." in counted
    assert "own 17/500" in counted
    assert 'id="count-mastodon-0"' not in counted
