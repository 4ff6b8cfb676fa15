"""What hangs on a card: comments, steps, tags, people; each by plain forms."""

import pytest

from host.db import db
from host.models import Board, Comment, User
from tests.host.web.page import Page


@pytest.fixture
def send(read, submit, card):
    """send("/comments", body="x"): the form of the card's page, filled in."""

    def sent(resource, /, **typed):
        answer = submit(read("/cards/1"), f"/cards/1{resource}", **typed)
        db.session.expire_all()
        return answer

    return sent


def test_a_comment_is_said_and_shown(send, read, card, owner):
    answer = send("/comments", body="Still **on** it\r\n\r\n> said who")
    comment = db.session.scalars(db.select(Comment)).one()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cards/1#comment-{comment.id}")
    assert (comment.creator, comment.body) == (owner, "Still **on** it\n\n> said who")
    assert "Still on it said who" in read("/cards/1").said[f"comment-{comment.id}"]


@pytest.mark.parametrize(
    ("resource", "field", "typed", "said"),
    [
        ("/comments", "body", "", "A comment needs a few words."),
        ("/comments", "body", " \n ", "A comment needs a few words."),
        ("/comments", "body", "x" * 100_001, "Keep a comment under 100,000 characters."),
        ("/steps", "text", " ", "A step needs a few words."),
        ("/steps", "text", "x" * 1001, "Keep a step under 1000 characters."),
        ("/taggings", "tag", " # ", "A tag needs a word."),
    ],
)
def test_refused_words_stay_in_their_form(send, card, resource, field, typed, said):
    answer = send(resource, **{field: typed})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.form(f"/cards/1{resource}").values[field] == typed
    assert said in page.words
    assert (card.comments, card.steps, card.tags) == ([], [], [])


def test_whom_a_comment_does_not_reach_its_author_is_told(send, read, card, owner, member):
    send("/comments", body="@nobody, look")
    assert read("/cards/1").said["toasts"] == "Nobody here is called @nobody."
    card.board = Board.create("Ada's own", by=owner, all_access=False)
    db.session.commit()
    send("/comments", body="@ada-field, @ben-hollow, look")
    page = read("/cards/1")
    assert page.said["toasts"] == "@ben-hollow cannot see this board and was not told."
    assert [mention["title"] for mention in page.all("span", class_="mention")] == ["Ada Field"]
    assert len(card.comments) == 2


def test_whom_a_changed_description_does_not_reach_is_told_once(client, read, card):
    words = {"title": "Cut the reeds", "description": "@nobody"}
    client.post("/cards/1", data=words)
    assert read("/cards/1").said["toasts"] == "Nobody here is called @nobody."
    client.post("/cards/1", data=words | {"description": "@nobody, now"})
    assert "toasts" not in read("/cards/1").said


def test_people_in_words_are_shown_as_such_however_many_say_so(client, read, card, owner, statements):
    def cost():
        db.session.commit()
        with statements() as seen:
            read("/cards/1")
        return len(seen)

    card.describe("For @ada-field and @nobody", owner)
    before = cost()
    for number in range(20):
        card.comment(f"{number} @ada-field", owner)
    assert cost() == before
    page = read("/cards/1")
    assert len(page.all("span", class_="mention", title="Ada Field")) == 21
    assert "For @ada-field and @nobody" in page.said["card-body"]


def test_a_step_is_added_ticked_opened_again_and_removed(send, read, card):
    assert send("/steps", text="Sharpen the scythe").headers["Location"] == "/cards/1#steps"
    send("/steps", text="Oil it")
    first, second = card.steps
    assert [step.text for step in card.steps] == ["Sharpen the scythe", "Oil it"]
    send(f"/steps/{first.id}")
    assert (first.done, second.done) == (True, False)
    assert "1 of 2" in read("/cards/1").said["steps"]
    send(f"/steps/{first.id}")
    assert not first.done
    send(f"/steps/{first.id}/delete")
    assert [step.text for step in card.steps] == ["Oil it"]


def test_a_step_of_another_card_is_not_found(client, board, card):
    step = board.add_card("other").add_step("one")
    db.session.commit()
    for address in (f"/cards/1/steps/{step.id}", f"/cards/1/steps/{step.id}/delete", "/cards/1/steps/9999/delete"):
        assert client.post(address, data={"done": "1"}).status_code == 404
    assert not step.done


def test_a_tag_is_put_on_and_taken_off(send, read, card):
    send("/taggings", tag="#Garden work")
    send("/taggings", tag="autumn")
    assert "garden work autumn" in read("/cards/1").said["card"]
    page = read("/cards/1")
    values = [form.values for form in page.forms if form.action == "/cards/1/taggings/delete"]
    assert [value["tag"] for value in values] == ["garden work", "autumn"]


def test_taking_off_what_is_not_there_is_no_fault(client, card):
    card.tag("autumn")
    db.session.commit()
    for tag in ("", "never", "Autumn"):
        assert client.post("/cards/1/taggings/delete", data={"tag": tag}).status_code == 303
    db.session.expire_all()
    assert card.tags == []


def test_a_card_is_given_and_taken(send, read, card, board, owner, member):
    offered = read("/cards/1").all("option")
    assert {option["value"] for option in offered} == {str(owner.id), str(member.id)}
    send("/assignments", person=str(member.id))
    assert card.assignees == [member]
    assert [option["value"] for option in read("/cards/1").all("option")] == [str(owner.id)]
    send(f"/assignments/{member.id}/delete")
    assert card.assignees == []


def test_the_form_offers_oneself_first(read, card, member, owner):
    assert read("/cards/1").form("/cards/1/assignments").values["person"] == str(owner.id)


@pytest.mark.parametrize("person", ["", "x", "99999", "-1"])
def test_nobody_is_given_a_card_whom_the_space_does_not_know(client, card, stranger, person):
    assert client.post("/cards/1/assignments", data={"person": person}).status_code == 404
    assert client.post("/cards/1/assignments", data={"person": str(stranger.id)}).status_code == 404
    assert client.post(f"/cards/1/assignments/{stranger.id}/delete").status_code == 404
    assert card.assignees == []


def test_who_may_not_see_the_board_is_refused_beside_the_field(client, owner, member):
    closed = Board.create("Closed", by=owner, all_access=False)
    card = closed.add_card("x")
    db.session.commit()
    answer = client.post(f"/cards/{card.number}/assignments", data={"person": str(member.id)})
    assert answer.status_code == 422
    assert Page(answer.text).said["assignee-errors"] == "Ben Hollow may not see this board."


def test_who_left_can_still_be_taken_off(client, card, owner, member):
    card.assign(member, owner)
    db.session.get(User, member.id).active = False
    db.session.commit()
    assert client.post(f"/cards/1/assignments/{member.id}/delete").status_code == 303
    db.session.expire_all()
    assert card.assignees == []


def test_watching_is_switched(send, read, browser, card, owner, member):
    assert read("/cards/1").one("button", id="watching")["aria-pressed"] == "true"
    send("/watch/delete")
    assert card.watchers == []
    assert read("/cards/1").one("button", id="watching")["aria-pressed"] == "false"
    send("/watch")
    browser(member).post("/cards/1/watch")
    db.session.expire_all()
    assert set(card.watchers) == {owner, member}
