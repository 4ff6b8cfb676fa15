"""The composer without scripts: what is typed is kept, scheduled, refused beside its field, and never lost."""

import re
from datetime import timedelta

import pytest

from host import db, now
from host.testing import sign_in
from plugins.publishing.platforms import platforms
from plugins.publishing.post import Post
from plugins.publishing.states import State, Status
from plugins.publishing.version import Version


def fields(post, **more):
    """What the form sends: the post as it is, and what was typed in `more`."""
    chosen = [str(target.connection_id) for target in post.targets]
    return {"revision": post.revision, "text": post.texts, "connection": chosen, **more}


@pytest.fixture
def send(client):
    """send(post, do="schedule", text="…"): press a button of the composer."""

    def press(post, **typed):
        answer = client.post(f"/publishing/posts/{post.id}", data=fields(post, **typed))
        db.session.expire_all()
        return answer

    return press


@pytest.fixture
def local(owner):
    """local(a moment): as a field of the page has it."""
    return lambda at: at.astimezone(owner.timezone).strftime("%Y-%m-%dT%H:%M")


def test_a_new_post_is_a_draft_for_nobody(client):
    answer = client.post("/publishing/posts")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "New post" in page
    assert 'name="text"' in page


def test_the_page_shows_what_the_post_says_and_how_much_room_it_has(client, post):
    page = client.get(f"/publishing/posts/{post.id}").text
    assert "The kettle is on." in page
    assert "17/500" in page
    assert "Preview on Mastodon" in page


def test_a_draft_is_kept_with_its_time(send, post, soon, local):
    answer = send(post, do="draft", text="The kettle sings.", at=local(soon))
    assert answer.status_code == 303
    assert post.texts == ["The kettle sings."]
    assert (post.status, local(post.at), local(post.targets[0].due_at)) == (Status.DRAFT, local(soon), local(soon))
    assert [version.content["texts"] for version in Version.of(post)] == [["The kettle is on."]]


def test_scheduling_gives_each_connection_its_time(send, post, connect, soon, local):
    other = connect("bluesky", "ada.example")
    first = post.targets[0].connection_id
    typed = {"at": local(soon), f"at-{other.id}": local(soon + timedelta(hours=3))}
    assert send(post, do="schedule", connection=[first, other.id], **typed).status_code == 303
    assert {local(target.due_at) for target in post.targets} == {local(soon), local(soon + timedelta(hours=3))}
    assert {target.state for target in post.targets} == {State.SCHEDULED}


def test_a_time_that_is_left_as_it_was_shown_follows_the_post_s(client, send, scheduled, connection, soon, local):
    page = client.get(f"/publishing/posts/{scheduled.post_id}").text
    assert f'name="follows-{connection.id}" value="{local(soon)}"' in page
    shown = {f"at-{connection.id}": local(soon), f"follows-{connection.id}": local(soon)}
    send(scheduled.post, do="schedule", at=local(soon + timedelta(days=1)), **shown)
    assert (local(scheduled.due_at), scheduled.own_at) == (local(soon + timedelta(days=1)), None)
    shown[f"at-{connection.id}"] = local(soon + timedelta(days=5))
    send(scheduled.post, do="schedule", at=local(soon + timedelta(days=1)), **shown)
    assert local(scheduled.due_at) == local(soon + timedelta(days=5))


def test_what_is_refused_stands_beside_its_field_and_nothing_is_kept_or_lost(send, post, connection, local):
    answer = send(post, do="schedule", text="Tomorrow, then", at=local(now() - timedelta(days=1)))
    assert answer.status_code == 422
    assert "This time has gone by." in answer.text
    assert f'aria-describedby="connection-{connection.id}-errors"' in answer.text
    assert "Tomorrow, then" in answer.text
    assert (post.texts, post.status) == (["The kettle is on."], Status.DRAFT)


@pytest.mark.parametrize("typed", ["soon", "2026-13-40T10:00", "9999-12-31T23:59"])
def test_what_is_no_time_is_refused(send, post, typed):
    answer = send(post, do="schedule", at=typed)
    assert answer.status_code == 422
    assert typed in answer.text


def test_over_the_limit_on_one_network_only(send, post, connect, soon, local):
    bluesky = connect("bluesky", "ada.example")
    both = [post.targets[0].connection_id, bluesky.id]
    answer = send(post, do="schedule", text="x" * 400, connection=both, at=local(soon))
    assert answer.status_code == 422
    assert "100 characters too long for Bluesky." in answer.text
    assert "too long for Mastodon" not in answer.text
    own = {"own": "bluesky", "text-bluesky": "Short"}
    assert send(post, do="schedule", text="x" * 400, connection=both, at=local(soon), **own).status_code == 303
    assert post.texts_for("bluesky") == ["Short"]
    assert post.status is Status.SCHEDULED


def test_a_text_becomes_a_network_s_own_and_shared_again(client, send, post):
    detached = send(post, do="detach:mastodon", text="Just typed").text
    assert re.search(r'name="text-mastodon"[^>]*>\s*Just typed</textarea>', detached)
    assert post.variants == []
    send(post, do="draft", text="Shared", own="mastodon", **{"text-mastodon": "Own"})
    assert (post.texts, post.texts_for("mastodon")) == (["Shared"], ["Own"])
    assert "The shared text was changed" not in client.get(f"/publishing/posts/{post.id}").text
    send(post, do="draft", text="Shared anew", own="mastodon", **{"text-mastodon": "Own"})
    assert "The shared text was changed" in client.get(f"/publishing/posts/{post.id}").text
    attached = send(post, do="attach:mastodon", own="mastodon", **{"text-mastodon": "Own"}).text
    assert 'name="text-mastodon"' not in attached


def test_parts_are_added_and_removed_without_scripts(send, post):
    longer = send(post, do="longer:all", text=["One", "Two"]).text
    assert longer.count('name="text"') == 3
    shorter = send(post, do="shorter:all:0", text=["One", "Two"]).text
    assert shorter.count('name="text"') == 1
    assert ">\nTwo</textarea>" in shorter


@pytest.mark.parametrize("word", ["shorter:all:" + "9" * 5000, "shorter:all:²", "drop:" + "9" * 5000])
def test_a_number_that_is_none_is_a_look_at_what_was_typed(send, post, word):
    answer = send(post, do=word, text="Typed")
    assert (answer.status_code, ">\nTyped</textarea>" in answer.text) == (200, True)
    send(post, do="draft", text=["One", "Two"])
    assert post.texts == ["One", "Two"]


@pytest.mark.parametrize("do", ["", "shorter:all:9", "shorter:nowhere", "longer:nowhere", "detach:nowhere", "drop:x"])
def test_a_button_that_there_is_not_changes_nothing(send, post, do):
    assert send(post, do=do, text="Typed").status_code == 200
    assert post.texts == ["The kettle is on."]


def test_options_of_a_network_are_kept_and_others_let_be(send, post):
    send(post, do="draft", **{"option-mastodon-visibility": "unlisted"})
    assert post.options_for("mastodon") == {"visibility": "unlisted"}
    send(post, do="draft", **{"option-mastodon-visibility": "to nobody"})
    assert post.options_for("mastodon") == {}


def test_a_failed_post_is_changed_and_scheduled_again(client, send, scheduled, soon, local):
    scheduled.state = State.FAILED
    db.session.commit()
    page = client.get(f"/publishing/posts/{scheduled.post_id}").text
    assert "Save draft" in page
    assert "Back to drafts" not in page
    send(scheduled.post, do="draft", text="Mended")
    assert "Kept as a draft." in client.get("/publishing").text
    assert (scheduled.state, scheduled.post.texts) == (State.FAILED, ["Mended"])
    send(scheduled.post, do="schedule", at=local(soon + timedelta(days=1)))
    assert scheduled.state is State.SCHEDULED
    assert "Back to drafts" in client.get(f"/publishing/posts/{scheduled.post_id}").text


def test_a_network_that_was_not_asked_keeps_its_options(send, post):
    send(post, do="draft", **{"option-mastodon-visibility": "unlisted"})
    send(post, do="draft", connection=[])
    assert post.options_for("mastodon") == {"visibility": "unlisted"}


def test_an_hour_that_clocks_skip_or_show_twice_is_told_of(send, post, owner, connection):
    owner.zone = "Europe/Berlin"
    db.session.commit()
    skipped = send(post, at="2031-03-30T02:30", **{f"at-{connection.id}": "2031-10-26T02:30"}).text
    assert "Clocks skip 02:30 that day; this is 03:30." in skipped
    assert "Clocks show 02:30 twice that day; this is the first." in skipped


def test_a_network_whose_plugin_is_gone_leaves_the_page(client, send, post, connect, soon, local):
    gone = connect("pigeons.loft", "coo")
    answer = send(post, do="schedule", connection=[gone.id], at=local(soon))
    assert "The plugin of this network is off." in answer.text
    send(post, do="draft", connection=[gone.id])
    assert "coo" in client.get(f"/publishing/posts/{post.id}").text
    assert client.get("/publishing").status_code == 200


def test_somebody_else_s_change_is_shown_beside_what_was_typed(send, post):
    before = post.revision
    send(post, do="draft", text="First window")
    answer = send(post, do="draft", text="Second window", revision=before)
    assert answer.status_code == 409
    assert "First window" in answer.text
    assert "Second window" in answer.text
    assert post.texts == ["First window"]
    assert send(post, do="draft", text="Second window").status_code == 303
    assert post.texts == ["Second window"]


def test_an_older_window_changes_no_times_either(send, post, soon, local):
    before = post.revision
    send(post, do="draft", text="First window")
    assert send(post, do="schedule", text="First window", at=local(soon), revision=before).status_code == 409
    assert post.status is Status.DRAFT


def test_a_connection_of_another_person_is_refused(send, post, connect, member):
    theirs = connect("mastodon", "@ben@peer.example", by=member)
    answer = send(post, do="draft", connection=[theirs.id])
    assert answer.status_code == 422
    assert "not yours to use" in answer.text


def test_a_scheduled_post_becomes_a_draft_again(send, scheduled):
    send(scheduled.post, do="draft")
    assert (scheduled.state, scheduled.post.status) == (State.DRAFT, Status.DRAFT)


@pytest.mark.parametrize("platform", ["feed", "x", "linkedin", "mastodon", "bluesky", "telegram"])
def test_each_network_counts_and_shows_what_is_typed(client, send, post, connect, platform):
    there = connect(platform, "-1001")
    typed = {"text": ["One https://example.org", "Two @ada #tea"], "connection": [there.id], "tab": platform}
    page = send(post, do="look", **typed).text
    name = platforms()[platform].title
    assert f"Preview on {name}" in page
    assert re.search(rf'id="tab-count-{platform}"[^>]*>[^<]*\d+/[\d,]+', page)
    assert client.post(f"/publishing/posts/{post.id}/count", data=fields(post, **typed)).status_code == 200
    own = {"connection": [], "own": platform, f"text-{platform}": "For nobody yet"}
    assert "For nobody yet" in send(post, do="look", **own).text


def test_words_that_are_out_cannot_be_changed(client, send, scheduled):
    scheduled.state = State.PUBLISHED
    db.session.commit()
    page = client.get(f"/publishing/posts/{scheduled.post_id}").text
    assert 'id="composer-form"' not in page
    answer = send(scheduled.post, do="schedule", text="Else")
    assert answer.status_code == 409
    assert "Too late" in answer.text


def test_while_typing_everything_is_counted_again_and_nothing_kept(client, post):
    typed = fields(post, text="Twelve signs", own="mastodon", **{"text-mastodon": "One https://example.org/long/path"})
    counted = client.post(f"/publishing/posts/{post.id}/count", data=typed).text
    assert "own 27/500" in counted
    assert "hx-swap-oob" in counted
    assert post.variants == []


def test_a_draft_keeps_itself(client, post):
    answer = client.post(f"/publishing/posts/{post.id}/autosave", data=fields(post, text="Half a thou"))
    db.session.expire_all()
    assert post.texts == ["Half a thou"]
    assert f'value="{post.revision}"' in answer.text
    late = client.post(f"/publishing/posts/{post.id}/autosave", data=fields(post, text="Older", revision=1))
    assert "changed elsewhere" in late.text
    assert post.texts == ["Half a thou"]


def test_what_keeps_itself_makes_a_version_now_and_then(client, post, travel):
    for minutes, text in ((0, "One"), (1, "Two"), (11, "Three")):
        travel(minutes=minutes)
        client.post(f"/publishing/posts/{post.id}/autosave", data=fields(post, text=text))
        db.session.expire_all()
    assert [version.content["texts"] for version in Version.of(post)] == [["Two"], ["The kettle is on."]]


def test_a_scheduled_post_does_not_keep_itself(client, scheduled):
    client.post(f"/publishing/posts/{scheduled.post_id}/autosave", data=fields(scheduled.post, text="Half"))
    db.session.expire_all()
    assert scheduled.post.texts == ["The kettle is on."]


def test_an_earlier_version_is_taken_back(client, send, post):
    send(post, do="draft", text="Later")
    version = Version.of(post)[0]
    assert client.post(f"/publishing/posts/{post.id}/versions/{version.id}").status_code == 303
    db.session.expire_all()
    assert post.texts == ["The kettle is on."]
    assert Version.of(post)[0].content["texts"] == ["Later"]


def test_a_copy_is_a_draft_of_its_own(client, scheduled):
    answer = client.post(f"/publishing/posts/{scheduled.post_id}/clone")
    copy = db.session.get(Post, scheduled.post_id + 1)
    assert answer.location.startswith(f"/publishing/posts/{copy.id}")
    assert (copy.texts, copy.status) == (["The kettle is on."], Status.DRAFT)


def test_what_was_never_sent_can_be_deleted(client, scheduled):
    assert client.post(f"/publishing/posts/{scheduled.post_id}/delete").status_code == 303
    assert db.session.scalar(db.select(db.func.count()).select_from(Post)) == 0


def test_what_is_out_cannot_be_deleted(client, scheduled):
    scheduled.state = State.PUBLISHED
    assert client.post(f"/publishing/posts/{scheduled.post_id}/delete").status_code == 409
    db.session.expire_all()
    assert scheduled.state is State.PUBLISHED


def test_nobody_else_sees_a_post_that_is_not_shared(client, post, member):
    sign_in(client, member)
    for answer in (
        client.get(f"/publishing/posts/{post.id}"),
        client.post(f"/publishing/posts/{post.id}", data={"do": "draft"}),
        client.post(f"/publishing/posts/{post.id}/delete"),
        client.post(f"/publishing/posts/{post.id}/count"),
    ):
        assert answer.status_code == 404


def test_a_shared_post_is_seen_and_not_changed(client, send, post, member):
    send(post, do="draft", shared="on")
    sign_in(client, member)
    assert "The kettle is on." in client.get(f"/publishing/posts/{post.id}").text
    assert client.post(f"/publishing/posts/{post.id}", data=fields(post, do="draft", text="Mine")).status_code == 403
    assert client.post(f"/publishing/posts/{post.id}/delete").status_code == 403
