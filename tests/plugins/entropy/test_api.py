"""The JSON API."""

from host import Board
from host.models.token import Scope
from plugins.entropy import period
from plugins.entropy.models import AccountEntropy, BoardEntropy
from plugins.entropy.period import Source

from .conftest import DAY


def test_the_space_says_its_period_and_where_it_comes_from(ask, account):
    assert ask("GET", "/account/entropy").json == {
        "period_seconds": 30 * DAY,
        "source": "default",
        "golden_stays": False,
    }
    AccountEntropy.choose(account, None, golden_stays=True)
    assert ask("GET", "/account/entropy").json == {"period_seconds": None, "source": "account", "golden_stays": True}


def test_the_space_takes_a_period(ask, account):
    answer = ask("PUT", "/account/entropy", {"period_seconds": 60})
    assert (answer.status_code, answer.json["period_seconds"], answer.json["source"]) == (200, 60, "account")
    ask("PUT", "/account/entropy", {"period_seconds": None, "golden_stays": True})
    answer = ask("PUT", "/account/entropy", {"period_seconds": 90})
    assert answer.json == {"period_seconds": 90, "source": "account", "golden_stays": True}


def test_a_board_says_takes_and_drops_its_own(ask, account, board):
    AccountEntropy.choose(account, 60 * DAY)
    address = f"/boards/{board.id}/entropy"
    assert ask("GET", address).json == {"period_seconds": 60 * DAY, "source": "account"}
    assert ask("PUT", address, {"period_seconds": None}).json == {"period_seconds": None, "source": "board"}
    assert ask("DELETE", address).status_code == 204
    assert ask("DELETE", address).status_code == 204
    assert ask("GET", address).json == {"period_seconds": 60 * DAY, "source": "account"}


def test_a_bad_period_is_named_and_nothing_is_stored(ask, account, board):
    for seconds in (0, -1, 59, 10**12, 60.5, "60", "soon", True, [60], {}):
        for address in ("/account/entropy", f"/boards/{board.id}/entropy"):
            answer = ask("PUT", address, {"period_seconds": seconds})
            assert answer.status_code == 422, seconds
            assert answer.mimetype == "application/problem+json"
            assert [*answer.json["errors"]] == ["period_seconds"]
    assert period.of_board(board).source is Source.DEFAULT


def test_a_missing_period_is_named(ask, board):
    answer = ask("PUT", f"/boards/{board.id}/entropy", {})
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["period_seconds"])


def test_who_is_no_admin_reads_but_does_not_choose(ben, account, board):
    for address in ("/account/entropy", f"/boards/{board.id}/entropy"):
        assert ben("GET", address).status_code == 200
        assert ben("PUT", address, {"period_seconds": 60}).status_code == 403
    assert ben("DELETE", f"/boards/{board.id}/entropy").status_code == 403
    assert period.of_board(board).source is Source.DEFAULT


def test_a_boards_creator_chooses_for_it(ben, member):
    own = Board.create("Bens own", by=member)
    assert ben("PUT", f"/boards/{own.id}/entropy", {"period_seconds": 60}).status_code == 200
    assert ben("DELETE", f"/boards/{own.id}/entropy").status_code == 204


def test_a_board_that_one_does_not_see_is_not_there(ben, owner):
    hidden = Board.create("Hidden", by=owner, all_access=False)
    for method, address in (("GET", "entropy"), ("PUT", "entropy"), ("DELETE", "entropy"), ("GET", "postponing_soon")):
        json = {"period_seconds": 60} if method == "PUT" else None
        assert ben(method, f"/boards/{hidden.id}/{address}", json).status_code == 404


def test_a_token_that_may_only_read_chooses_nothing(program, owner, board):
    reading = program(owner, Scope.READ)
    assert reading("GET", f"/boards/{board.id}/entropy").status_code == 200
    assert reading("PUT", f"/boards/{board.id}/entropy", {"period_seconds": 60}).status_code == 403


def test_what_rests_soon_is_listed_the_longest_untouched_first(ask, board, other_board, aged):
    young, old = aged(board, days=23), aged(board, days=31)
    aged(board, days=22)
    aged(other_board, days=31)
    found = ask("GET", f"/boards/{board.id}/postponing_soon").json
    assert [(each["number"], each["title"], each["due"]) for each in found] == [
        (old.number, old.title, True),
        (young.number, young.title, False),
    ]
    assert found[0]["last_active_at"] < found[0]["rests_at"]


def test_what_rests_soon_comes_in_pages(ask, board, aged):
    aged(board, 3, days=29)
    answer = ask("GET", f"/boards/{board.id}/postponing_soon?per_page=2&page=2")
    assert len(answer.json) == 1
    assert 'rel="prev"' in answer.headers["Link"]
    assert ask("GET", f"/boards/{board.id}/postponing_soon?per_page=101").status_code == 422


def test_nothing_rests_soon_where_cards_never_rest(ask, board, aged):
    BoardEntropy.choose(board, None)
    aged(board, days=1000)
    assert ask("GET", f"/boards/{board.id}/postponing_soon").json == []


def test_a_list_of_cards_can_be_narrowed_to_what_rests_soon(ask, ben, board, other_board, owner, aged):
    BoardEntropy.choose(other_board, 7 * DAY)
    hidden = Board.create("Hidden", by=owner, all_access=False)
    soon = [aged(board, days=23), aged(other_board, days=6)]
    others = [aged(board, days=22), aged(other_board, days=5)]
    secret = aged(hidden, days=29)
    numbers = lambda answer: {card["number"] for card in answer.json}  # noqa: E731
    assert numbers(ask("GET", "/cards?postponing_soon=1")) == {card.number for card in (*soon, secret)}
    assert numbers(ben("GET", "/cards?postponing_soon=1")) == {card.number for card in soon}
    assert numbers(ben("GET", "/cards?postponing_soon=0")) == {card.number for card in others}
    assert numbers(ask("GET", f"/boards/{board.id}/cards?postponing_soon=1")) == {soon[0].number}


def test_the_preview_counts_the_boards_that_one_sees(ask, ben, board, owner, aged, places):
    hidden = Board.create("Hidden", by=owner, all_access=False)
    card = aged(hidden, days=31)
    aged(board, 2, days=31)
    assert ask("GET", "/entropy/preview").json == {
        "cards": 3,
        "boards": [
            {"board_id": board.id, "board": "Launch", "period_seconds": 30 * DAY, "cards": 2},
            {"board_id": hidden.id, "board": "Hidden", "period_seconds": 30 * DAY, "cards": 1},
        ],
    }
    assert ben("GET", "/entropy/preview").json["cards"] == 2
    assert places(card) == ["maybe"]


def test_everything_is_in_the_openapi_document(anonymous):
    paths = anonymous.get("/api/v1/openapi.json").json["paths"]
    ours = {path for path in paths if "entropy" in path or "postponing" in path}
    assert ours == {
        "/api/v1/account/entropy",
        "/api/v1/boards/{id}/entropy",
        "/api/v1/boards/{id}/postponing_soon",
        "/api/v1/entropy/preview",
        "/api/v1/entropy/runs",
        "/api/v1/entropy/runs/{id}",
        "/api/v1/entropy/runs/{id}/undo",
    }
