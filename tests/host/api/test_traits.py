"""What hangs on a card: who has it, who watches it, its tags and its steps."""

import pytest

from host.db import db
from host.models import Board, Tag, User


def test_a_card_is_given_to_people_and_taken_from_them(ada, ben, card, owner, member):
    for _ in range(2):
        answer = ben("POST", "/cards/1/assignments", {"assignee": owner.id})
        assert (answer.status_code, [each["id"] for each in answer.json["assignees"]]) == (200, [owner.id])
    ada("POST", "/cards/1/assignments", {"assignee": member.id})
    assert [each["name"] for each in ada("GET", "/cards/1/assignments").json] == ["Ada Field", "Ben Hollow"]
    for _ in range(2):
        answer = ada("DELETE", f"/cards/1/assignments/{owner.id}")
        assert (answer.status_code, [each["id"] for each in answer.json["assignees"]]) == (200, [member.id])
    assert card.watched_by(member)


def test_who_left_can_be_taken_off_a_card_but_gets_none(ada, card, owner, member):
    card.assign(member, owner)
    member.deactivate()
    assert ada("DELETE", f"/cards/1/assignments/{member.id}").json["assignees"] == []
    answer = ada("POST", "/cards/1/assignments", {"assignee": member.id})
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["assignee"])


def test_a_card_goes_to_nobody_who_may_not_see_it(ada, owner, member):
    Board.create("Hidden", by=owner, all_access=False).add_card("Secret")
    answer = ada("POST", "/cards/1/assignments", {"assignee": member.id})
    assert (answer.status_code, answer.json["errors"]) == (422, {"assignee": ["Ben Hollow may not see this board."]})


@pytest.mark.parametrize("assignee", [None, "1", 0, 10**30, True])
def test_a_person_is_named_by_their_number(ada, card, assignee):
    answer = ada("POST", "/cards/1/assignments", {"assignee": assignee})
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["assignee"])


def test_each_watches_for_themselves(ada, ben, card, member):
    assert ada("GET", "/cards/1/watch").json == {"watching": True}
    assert ben("GET", "/cards/1/watch").json == {"watching": False}
    for method, watching in (("PUT", True), ("POST", True), ("DELETE", False), ("DELETE", False), ("PUT", True)):
        answer = ben(method, "/cards/1/watch")
        assert (answer.status_code, answer.json) == (200, {"watching": watching})
        assert card.watched_by(member) is watching
    assert ada("GET", "/cards/1/watch").json == {"watching": True}


def test_tags_are_put_on_and_taken_off(ada, card):
    for title in ("Print", "#print ", "garden"):
        answer = ada("POST", "/cards/1/taggings", {"tag": title})
    assert (answer.status_code, [each["title"] for each in answer.json["tags"]]) == (200, ["print", "garden"])
    listed = ada("GET", "/cards/1/taggings").json
    assert listed == answer.json["tags"]
    for _ in range(2):
        answer = ada("DELETE", f"/cards/1/taggings/{listed[0]['id']}")
        assert (answer.status_code, answer.json["tags"]) == (200, listed[1:])


@pytest.mark.parametrize("tag", ["", " # ", None, 7])
def test_a_tag_needs_a_word(ada, card, tag):
    answer = ada("POST", "/cards/1/taggings", {"tag": tag})
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["tag"])


def test_the_spaces_tags_by_title(ada, card, stranger):
    Board.create("Theirs", by=stranger).add_card("Poster").tag("theirs")
    for title in ("print", "garden"):
        card.tag(title)
    answer = ada("GET", "/tags?per_page=1")
    tag = db.session.scalars(db.select(Tag).filter_by(title="garden")).one()
    assert answer.json == [{"id": tag.id, "title": "garden", "hue": tag.hue}]
    assert answer.headers["X-Total-Count"] == "2"


def test_a_checklist(ada, card, travel):
    before = ada("GET", "/cards/1").json["last_active_at"]
    travel(hours=1)
    answer = ada("POST", "/cards/1/steps", {"text": " Ask  the printer "})
    step = answer.json
    assert (answer.status_code, step["text"], step["done"], step["position"]) == (201, "Ask the printer", False, 0)
    done = ada("POST", "/cards/1/steps", {"text": "Measure", "done": True}).json
    assert ada("GET", "/cards/1/steps").json == [step, done]
    address = f"/cards/1/steps/{step['id']}"
    for ticked in (True, True, False):
        answer = ada("PATCH", address, {"done": ticked})
        assert (answer.status_code, answer.json) == (200, {**step, "done": ticked})
    assert ada("GET", address).json == step
    assert ada("DELETE", address).status_code == 204
    assert ada("DELETE", address).status_code == 404
    last = ada("GET", "/cards/1").json
    assert (last["steps"], last["last_active_at"]) == ([done], before)


def test_a_step_that_is_none(ada, card):
    for text in ("", " ", "x" * 1001, None):
        answer = ada("POST", "/cards/1/steps", {"text": text})
        assert (answer.status_code, [*answer.json["errors"]]) == (422, ["text"])
    step = card.add_step("Ask")
    for sent in ({"done": None}, {"done": "perhaps"}, {"done": True, "text": ""}, {"position": -1}):
        assert ada("PATCH", f"/cards/1/steps/{step.id}", sent).status_code == 422
    assert not step.done


def test_the_space_and_its_people(ada, ben, account, owner, member, stranger):
    ada_said = {"id": owner.id, "name": "Ada Field", "handle": "ada-field", "role": "owner", "active": True}
    assert ada("GET", "/me").json == {**ada_said, "email": "ada@example.org", "zone": None, "single_keys": True}
    ben_said = ada("GET", f"/users/{member.id}").json
    assert (ben_said["handle"], ben("GET", "/me").json["id"]) == ("ben-hollow", member.id)
    assert ada("GET", "/account").json == {
        "id": account.id,
        "name": "Meadow",
        "created_at": account.created_at.isoformat(),
    }
    assert ben("GET", "/users").json == [ada_said, ben_said]
    assert ben("GET", "/users?per_page=1&page=2").json == [ben_said]


def test_somebody_who_left_and_the_system_can_be_asked_for(ada, account):
    gone = User.join(account, name="Cy", email=None)
    gone.deactivate()
    assert ada("GET", f"/users/{gone.id}").json["active"] is False
    assert ada("GET", f"/users/{account.system.id}").json["role"] == "system"
    assert [each["name"] for each in ada("GET", "/users").json] == ["Ada Field"]


def test_a_step_is_reworded_and_moved(ada, card, member):
    ids = [ada("POST", "/cards/1/steps", {"text": text}).json["id"] for text in ("one", "two", "three")]
    said = ada("PATCH", f"/cards/1/steps/{ids[2]}", {"text": "third, @ben-hollow", "position": 0}).json
    assert (said["text"], said["position"], said["done"]) == ("third, @ben-hollow", 0, False)
    assert [each["text"] for each in ada("GET", "/cards/1/steps").json] == ["third, @ben-hollow", "one", "two"]
    assert [each["id"] for each in ada("GET", "/cards/1").json["assignees"]] == [member.id]
