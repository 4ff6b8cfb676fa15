"""What is said on a card, and what happened."""

from datetime import datetime, timedelta

import pytest

from host.db import db
from host.models import Board, User
from host.notices import notice_kind, notify


def test_a_comment_is_made_by_whose_token_it_is(ben, card, member, travel):
    travel(hours=1)
    answer = ben("POST", "/cards/1/comments", {"body": " The **rack** \r\n"})
    (comment,) = card.comments
    assert answer.status_code == 201
    assert answer.json == {
        "id": comment.id,
        "body": "The **rack**",
        "created_at": comment.created_at.isoformat(),
        "edited_at": None,
        "creator": {"id": member.id, "name": "Ben Hollow"},
        "unresolved_mentions": [],
    }
    assert member in card.watchers
    assert card.last_active_at >= comment.created_at


def test_a_comment_says_which_handles_reach_nobody(ada, card, owner, member):
    board = Board.create("Ada's own", by=owner, all_access=False)
    board.add_card("Alone", by=owner)
    body = {"body": "@ada-field, @ben-hollow, @nobody and `@code`"}
    assert ada("POST", "/cards/1/comments", body).json["unresolved_mentions"] == ["nobody"]
    assert ada("POST", "/cards/2/comments", body).json["unresolved_mentions"] == ["nobody", "ben-hollow"]
    assert len(card.comments) == 1


def test_comments_come_the_oldest_first(ada, card, owner, travel):
    for body in "abc":
        travel(minutes=1)
        card.comment(body, owner)
    assert [each["body"] for each in ada("GET", "/cards/1/comments").json] == ["a", "b", "c"]
    answer = ada("GET", "/cards/1/comments?per_page=2&page=2")
    assert [each["body"] for each in answer.json] == ["c"]
    assert 'rel="prev"' in answer.headers["Link"]


@pytest.mark.parametrize("body", ["", " \n", "x" * 100_001, None, 7])
def test_a_comment_that_is_none(ada, card, body):
    answer = ada("POST", "/cards/1/comments", {"body": body})
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["body"])
    assert card.comments == []


def test_times_are_utc(ada, card, owner):
    card.comment("Now", owner)
    said = [
        ada("GET", "/cards/1").json["created_at"],
        ada("GET", "/cards/1/comments").json[0]["created_at"],
        ada("GET", "/events").json[0]["at"],
        ada("GET", "/account").json["created_at"],
    ]
    assert {datetime.fromisoformat(each).utcoffset() for each in said} == {timedelta()}


def test_the_log_of_a_card(ada, board, card, owner, member, travel):
    travel(minutes=1)
    card.triage_into(board.columns[0], member)
    latest, first = ada("GET", "/cards/1/events").json
    assert latest == {
        "id": latest["id"],
        "kind": "card_triaged",
        "at": card.last_active_at.isoformat(),
        "automatic": False,
        "board_id": board.id,
        "card": {"number": 1, "title": "Poster"},
        "creator": {"id": member.id, "name": "Ben Hollow"},
        "particulars": {"column": "Writing"},
    }
    assert (first["kind"], first["creator"]["id"]) == ("card_published", owner.id)


def test_the_log_of_all_boards_that_one_sees(ada, ben, board, card, owner):
    hidden = Board.create("Hidden", by=owner, all_access=False)
    hidden.add_card("Secret")
    card.delete(by=owner)
    seen = ada("GET", "/events").json
    assert [(each["kind"], each["board_id"]) for each in seen] == [
        ("card_deleted", board.id),
        ("card_published", hidden.id),
        ("board_created", hidden.id),
        ("board_created", board.id),
    ]
    assert (seen[0]["card"], seen[0]["particulars"]) == (None, {"number": 1, "title": "Poster"})
    assert [each["kind"] for each in ben("GET", "/events").json] == ["card_deleted", "board_created"]


def test_the_log_leaves_out_what_was_said_to_some_people_alone(ada, card, owner, member):
    notify([member], notice_kind("publishing.failed", title="A post fails"), "It was refused.", "/", card)
    db.session.commit()
    for path in ("/cards/1/events", "/events"):
        assert "notice" not in {each["kind"] for each in ada("GET", path).json}


def test_the_log_comes_in_pages(ada, board):
    for _ in range(3):
        board.add_card("Poster")
    answer = ada("GET", "/events?per_page=3&page=2")
    assert ([each["kind"] for each in answer.json], answer.headers["X-Total-Count"]) == (["board_created"], "4")


def test_long_lists_cost_as_many_statements_as_short_ones(ada, board, card, owner, member, statements):
    def cost(path):
        db.session.commit()
        with statements() as seen:
            assert len(ada("GET", path).json) > 1
        return len(seen)

    paths = ("/cards/1/comments", "/cards/1/events", "/events", f"/boards/{board.id}/accesses")
    card.comment("a", owner)
    card.comment("b", member)
    few = [cost(path) for path in paths]
    for name in ("Cy", "Dot", "Eli"):
        person = User.join(owner.account, name=name, email=None)
        card.comment("c", person)
        board.add_card("Poster", by=person)
    assert [cost(path) for path in paths] == few


def test_a_comment_is_reworded_taken_back_and_restored_by_its_author(ada, ben, card, member):
    id = ben("POST", "/cards/1/comments", {"body": "By Sundy"}).json["id"]  # noqa: A001
    where = f"/cards/1/comments/{id}"
    for call in (("PATCH", where, {"body": "Mine"}), ("DELETE", where)):
        assert ada(*call).status_code == 403
    said = ben("PATCH", where, {"body": "By Sunday, @nobody"}).json
    assert (said["body"], said["unresolved_mentions"]) == ("By Sunday, @nobody", ["nobody"])
    assert ada("GET", where).json["edited_at"] == said["edited_at"] is not None
    assert ben("PATCH", where, {"body": ""}).status_code == 422
    assert ben("DELETE", where).status_code == 204
    assert ada("GET", where).status_code == 404
    assert ada("GET", "/cards/1/comments").json == []
    assert ada("POST", f"{where}/restoration").status_code == 404
    assert ben("POST", f"{where}/restoration").json["body"] == "By Sunday, @nobody"
    assert len(ada("GET", "/cards/1/comments").json) == 1
