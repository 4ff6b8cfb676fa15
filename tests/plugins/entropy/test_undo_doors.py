"""Looking at sweeps and undoing one: by API, in the settings, on the command line."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from host import Account, Board, Fault, Job, NotFound, db
from host.commands import Given
from host.models.token import Scope
from host.testing import sign_in
from plugins.entropy import commands, sweep
from plugins.entropy.run import Run

SPACE = "/settings/plugin/entropy/entropy"
SWEEPS = "/entropy/sweeps"
HUGE = 10**30


@pytest.fixture
def swept(board, aged):
    """The run of a sweep that rested two cards."""
    aged(board, 2, column=board.columns[0], days=40)
    sweep.run()
    return db.session.scalars(select(Run)).one()


@pytest.fixture
def foreign(app):
    """A run of another space."""
    stranger = Account.open("Elsewhere", owner_name="Eve", email="eve@example.org")
    db.session.add(run := Run(account_id=stranger.account_id, at=stranger.account.created_at, cards=1))
    db.session.commit()
    return run


@pytest.fixture
def run(app):
    """`run(commands.undo, "1")`: what the command prints."""

    def invoke(command, *arguments):
        db.session.commit()
        return CliRunner().invoke(command, arguments, obj=Given(), catch_exceptions=False).output

    return invoke


def test_the_api_lists_runs_the_newest_first(ask, board, aged, swept):
    aged(board, days=40)
    sweep.run()
    answer = ask("GET", "/entropy/runs")
    assert [each["cards"] for each in answer.json] == [1, 2]
    assert answer.json[1] == {
        "id": swept.id, "at": swept.at.isoformat(), "cards": 2, "undone_at": None, "undone_by_id": None, "put_back": 0,
    }  # fmt: skip
    assert [each["cards"] for each in ask("GET", "/entropy/runs?per_page=1&page=2").json] == [2]


def test_the_api_tells_which_cards_a_run_rested(ask, board, swept):
    found = ask("GET", f"/entropy/runs/{swept.id}").json
    assert [each["title"] for each in found["rested"]] == ["Left alone 0", "Left alone 1"]
    card = found["rested"][0]
    assert (card["board_id"], card["column_id"], card["number"]) == (board.id, board.columns[0].id, 1)
    assert card["last_active_at"] < found["at"]
    assert len(ask("GET", f"/entropy/runs/{swept.id}?per_page=1").json["rested"]) == 1


def test_only_cards_that_one_may_see_are_told(ben, owner, aged):
    hidden = Board.create("Hidden", by=owner, all_access=False)
    aged(hidden, days=40)
    sweep.run()
    (run,) = ben("GET", "/entropy/runs").json
    assert ben("GET", f"/entropy/runs/{run['id']}").json["rested"] == []


def test_the_api_undoes_a_run(ask, owner, swept, places):
    answer = ask("POST", f"/entropy/runs/{swept.id}/undo")
    assert (answer.status_code, answer.json["put_back"], answer.json["undone_by_id"]) == (200, 2, owner.id)
    assert answer.json["undone_at"]
    assert places(owner.card(1), owner.card(2)) == ["column", "column"]


def test_deleting_a_run_undoes_it_too(ask, swept):
    assert ask("DELETE", f"/entropy/runs/{swept.id}").status_code == 204
    db.session.expire_all()
    assert (swept.put_back, ask("GET", f"/entropy/runs/{swept.id}").json["put_back"]) == (2, 2)


def test_an_undone_run_is_refused_and_nothing_changes(ask, swept):
    ask("POST", f"/entropy/runs/{swept.id}/undo")
    for method, address in (("POST", f"/entropy/runs/{swept.id}/undo"), ("DELETE", f"/entropy/runs/{swept.id}")):
        answer = ask(method, address)
        assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
        assert "has been undone before" in answer.text
    db.session.expire_all()
    assert swept.put_back == 2


@pytest.mark.parametrize("given", [999, HUGE])
def test_a_forgotten_run_is_not_there(ask, client, given):
    for method, address in (("GET", f"/{given}"), ("DELETE", f"/{given}"), ("POST", f"/{given}/undo")):
        assert ask(method, f"/entropy/runs{address}").status_code == 404
    assert client.post(f"{SWEEPS}/{given}/undo").status_code == 404


def test_a_run_of_another_space_is_not_there(ask, client, foreign):
    for method, address in (("GET", ""), ("DELETE", ""), ("POST", "/undo")):
        assert ask(method, f"/entropy/runs/{foreign.id}{address}").status_code == 404
    assert ask("GET", "/entropy/runs").json == []
    assert client.post(f"{SWEEPS}/{foreign.id}/undo").status_code == 404
    db.session.expire_all()
    assert foreign.undone_at is None


def test_only_admins_undo(ben, anonymous, member, swept):
    assert ben("GET", f"/entropy/runs/{swept.id}").status_code == 200
    assert ben("POST", f"/entropy/runs/{swept.id}/undo").status_code == 403
    assert ben("DELETE", f"/entropy/runs/{swept.id}").status_code == 403
    sign_in(anonymous, member)
    assert anonymous.post(f"{SWEEPS}/{swept.id}/undo").status_code == 403
    db.session.expire_all()
    assert swept.undone_at is None


def test_a_token_that_may_only_read_undoes_nothing(program, owner, swept):
    assert program(owner, Scope.READ)("POST", f"/entropy/runs/{swept.id}/undo").status_code == 403


def test_the_settings_list_the_latest_sweeps_with_an_undo(client, swept, owner):
    html = client.get(SPACE).text
    assert "Latest sweeps" in html
    assert f'action="{SWEEPS}/{swept.id}/undo"' in html
    answer = client.post(f"{SWEEPS}/{swept.id}/undo")
    assert (answer.status_code, answer.location) == (303, SPACE)
    html = client.get(SPACE).text
    assert "2 cards are back where they were." in html
    assert f"2 cards put back by {owner.name}" in html
    assert f'action="{SWEEPS}/{swept.id}/undo"' not in html


def test_the_settings_leave_the_list_out_where_nothing_rested(client, foreign):
    assert "Latest sweeps" not in client.get(SPACE).text


def test_an_undo_with_nothing_left_to_put_back_says_so(client, board, owner, swept):
    for number in (1, 2):
        owner.card(number).comment("Still on it", owner)
    db.session.commit()
    client.post(f"{SWEEPS}/{swept.id}/undo")
    assert "each card has been touched since" in client.get(SPACE).text


def test_an_undo_that_goes_on_says_so(client, owner, swept, monkeypatch, drain_jobs, places):
    """Also when nothing of what was looked at first goes back."""
    monkeypatch.setattr("plugins.entropy.run.AT_ONCE", 1)
    owner.card(1).comment("Still on it", owner)
    db.session.commit()
    client.post(f"{SWEEPS}/{swept.id}/undo")
    assert "The cards go back where they were, 0 so far." in client.get(SPACE).text
    drain_jobs()
    assert places(owner.card(1), owner.card(2)) == ["not_now", "column"]


def test_an_undo_of_as_many_as_go_at_once_needs_no_job(swept, owner, monkeypatch):
    monkeypatch.setattr("plugins.entropy.run.AT_ONCE", 2)
    assert swept.undo(owner) is None
    assert swept.put_back == 2
    assert db.session.scalars(select(Job).filter_by(task="entropy.put_back")).all() == []


def test_undoing_twice_in_the_browser_is_refused(client, swept):
    client.post(f"{SWEEPS}/{swept.id}/undo")
    assert client.post(f"{SWEEPS}/{swept.id}/undo").status_code == 409


def test_the_command_lists_runs(run, swept):
    at = swept.at.isoformat(timespec="seconds")
    assert json.loads(run(commands.runs, "--json")) == [
        {"id": swept.id, "space": "Meadow", "at": at, "cards": 2, "undone": "", "put_back": 0}
    ]


def test_the_command_says_when_there_is_none(app, run):
    assert run(commands.runs) == "No sweep has rested anything lately.\n"


def test_the_command_undoes_a_run_in_the_owners_name(run, owner, swept):
    assert run(commands.undo, str(swept.id)) == "2 cards are back where they were.\n"
    db.session.expire_all()
    assert swept.undone_by == owner
    with pytest.raises(Fault, match="has been undone before"):
        run(commands.undo, str(swept.id))
    with pytest.raises(NotFound, match="no such sweep"):
        run(commands.undo, "999")


@pytest.mark.parametrize("given", ["0", "-1", "one", "1.5", str(HUGE)])
def test_an_id_that_is_none_is_wrong_usage(run, given):
    assert "Invalid value for 'ID'" in run(commands.undo, "--", given)
