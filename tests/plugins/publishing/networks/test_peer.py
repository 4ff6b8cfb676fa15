"""The server that stands for a network: it fails at the very step that it is told to."""

import httpx
import pytest

from tests.peers.peer import PUBLISH, Peer
from tests.peers.posts import PeerPost
from tests.peers.reply import Reply, says

pytestmark = pytest.mark.sqlite_only("a peer asks no database")


class Noticeboard(Peer):
    def kind(self, request):
        return PUBLISH if request.method == "POST" else "look"

    def answer(self, request):
        if request.method == "POST":
            self.posts.append(PeerPost(str(len(self.posts)), request.body.decode(), self.now(), "ada"))
        return says(200, {"posts": len(self.posts)})

    def says_full(self, request, pins):
        return Reply(409, f"{pins} pins".encode())


@pytest.fixture
def board(begin_peer):
    return begin_peer(Noticeboard)


@pytest.fixture
def pin(board):
    def post(text="Hello"):
        try:
            return httpx.post(board.url, content=text, timeout=0.5).status_code
        except httpx.HTTPError as error:
            return type(error)

    return post


@pytest.mark.parametrize(
    ("fault", "came", "posts"),
    [
        ("ok", 200, 1),
        ("close_before_commit", httpx.RemoteProtocolError, 0),
        ("commit_then_close", httpx.RemoteProtocolError, 1),
        ("commit_then_hang", httpx.ReadTimeout, 1),
        ("commit_then_500", 500, 1),
        ("500_no_commit", 500, 0),
        ("502_html_body", 502, 0),
        ("commit_then_502", 502, 1),
        ("partial_json", httpx.RemoteProtocolError, 1),
        ({"fault": "full", "pins": 3}, 409, 0),
        ({"fault": "answer", "status": 418}, 418, 0),
    ],
)
def test_one_request_fails_and_the_next_does_not(board, pin, fault, came, posts):
    board.script(fault)
    assert httpx.get(board.url).status_code == 200  # a script is for what publishes
    assert pin() == came
    assert len(board.posts) == posts
    assert pin() == 200


def test_nobody_gets_through_until_it_is_open(board, pin):
    board.script("ok", "refuse_connection", "refuse_connection", "commit_then_500")
    assert [pin(), pin(), pin()] == [200, httpx.ConnectError, httpx.ConnectError]
    board.open()
    assert [pin(), pin()] == [500, 200]


def test_another_kind_of_request_has_a_script_of_its_own(board, pin):
    board.script("500_no_commit", at="look")
    assert pin() == 200
    assert [httpx.get(board.url).status_code for _each in range(2)] == [500, 200]
    assert len(board.asked("look")) == 2


def test_somebody_may_be_killed_before_and_after(board, pin):
    seen = []
    board.before_commit = lambda request: seen.append(("before", len(board.posts)))
    board.after_commit = lambda request: seen.append(("after", len(board.posts)))
    board.script("close_before_commit", "commit_then_close")
    pin()
    assert seen == []
    pin()
    httpx.get(board.url)
    assert seen == [("before", 0), ("after", 1)]


def test_a_fault_that_there_is_not_is_refused(board):
    with pytest.raises(ValueError, match="no fault"):
        board.script("fall_asleep")
