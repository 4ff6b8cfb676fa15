"""What happened, of some boards, by some people, between two times."""

import pytest

from host.clock import now
from host.models import Board


@pytest.fixture
def told(ada):
    """`told(creator=3)`: the titles of the cards that events tell of, the latest first."""

    def ask(**asked):
        query = "&".join(f"{name}={value}".replace("+", "%2B") for name, value in asked.items())
        answer = ada("GET", f"/events?{query}")
        assert answer.status_code == 200, answer.json
        return [event["card"]["title"] for event in answer.json if event["card"]]

    return ask


def test_they_are_kept_to_what_is_asked_for(told, board, owner, member, travel):
    other = Board.create("Other", by=owner)
    board.add_card("First", by=owner)
    travel(hours=1)
    noon = now().isoformat()
    other.add_card("Second", by=member)
    assert told() == ["Second", "First"]
    assert told(board=board.id) == told(creator=owner.id) == told(before=noon) == ["First"]
    assert told(board=other.id) == told(creator=member.id) == told(since=noon) == ["Second"]
    assert told(board=board.id, creator=member.id) == []


@pytest.mark.parametrize("query", ["board=x", "creator=0", "since=yesterday", "before=2026-01-01T00:00"])
def test_what_is_none_is_refused(ada, query):
    assert ada("GET", f"/events?{query}").status_code == 422
