"""Settings, Plugins: what an admin sees, and what the switches do."""

import pytest

from host.db import db
from host.jobs import JobState, schedule
from host.jobs.tick import tick
from host.models import ApiToken
from host.models.token import Scope
from host.plugging import plugins
from host.plugging.gather import gather
from host.plugging.state import State
from host.testing import sign_in


@pytest.fixture
def switched_on(data, plant, orchard):
    """Plugins besides ours: two that run, one of them with a fault, one broken, and one that nobody has switched on."""
    plant("alder")
    plant("meadow", "@hookimpl\ndef board_banner(): raise ValueError('the well is <dry>')\n")
    plant("willow", "import avif_encoder")
    State.read(data).switch_on(["meadow", "willow"])


@pytest.fixture
def app(switched_on, make_app, data):
    return make_app(data=data, strict=False)


def tile(page: str, name: str) -> str:
    _before, _id, rest = page.partition(f'id="plugin-{name}"')
    assert rest, f"no tile for {name}"
    return rest.partition("</li>")[0]


def page(client) -> str:
    answer = client.get("/settings/plugins")
    assert answer.status_code == 200
    return answer.text


def test_a_tile_says_what_a_plugin_adds(client):
    entropy = tile(page(client), "entropy")
    assert "Lets cards that nobody touches rest." in entropy
    assert "Board banner · Card badges" in entropy
    assert 'aria-checked="true"' in entropy


def test_a_broken_one_shows_its_traceback_and_a_remedy(client):
    willow = tile(page(client), "willow")
    assert "No module named &#39;avif_encoder&#39;" in willow
    assert "Install avif_encoder" in willow
    assert "Traceback (most recent call last)" in willow
    assert "tried again each time Fallow starts" in willow


def test_what_one_raised_while_running_is_shown(client, board):
    client.get(f"/boards/{board.id}")
    meadow = tile(page(client), "meadow")
    assert "1 fault since the start" in meadow
    assert "the well is &lt;dry&gt;" in meadow


def test_one_that_nobody_switched_on_comes_with_a_warning(client, data):
    alder = tile(page(client), "alder")
    assert f"From {data / 'plugins'}. Switch on only what you trust" in alder
    assert 'aria-checked="false"' in alder


def test_switching_off_acts_at_once(client, data):
    answer = client.post("/settings/plugins/meadow/activation/delete", follow_redirects=True)
    assert "Meadow is off. What it stored is kept." in answer.text
    assert 'aria-checked="false"' in tile(page(client), "meadow")
    assert list(gather("board_banner", board=None, actor=None)) == []
    assert "meadow" in State.read(data).off


def test_what_ran_before_comes_back_at_once(client):
    client.post("/settings/plugins/meadow/activation/delete")
    answer = client.post("/settings/plugins/meadow/activation", follow_redirects=True)
    assert "Meadow is on." in answer.text
    assert plugins().manager.has_plugin("meadow")


def test_pages_of_one_that_is_off_are_closed_and_say_so(client):
    assert client.get("/orchard/").text == "an orchard"
    client.post("/settings/plugins/orchard/activation/delete")
    answer = client.get("/orchard/")
    assert answer.status_code == 404
    assert "Orchard is switched off" in answer.text
    client.post("/settings/plugins/orchard/activation")
    assert client.get("/orchard/").status_code == 200


def test_api_resources_of_one_that_is_off_are_closed(client, token):
    client.post("/settings/plugins/orchard/activation/delete")
    answer = client.get("/api/v1/orchard/trees", headers=token())
    assert answer.status_code == 404
    assert "switched off" in answer.json["detail"]


def test_jobs_of_one_that_is_off_wait_for_it(client, drain_jobs):
    task = plugins().found["orchard"].declared.tasks[0].task
    job = schedule(task)
    client.post("/settings/plugins/orchard/activation/delete")
    drain_jobs()
    db.session.refresh(job)
    assert job.state is JobState.PARKED
    client.post("/settings/plugins/orchard/activation")
    tick()
    db.session.refresh(job)
    assert job.state is JobState.DONE


@pytest.fixture
def token(owner):
    """What a program of this person's sends."""

    def headers(person=owner):
        token = ApiToken.create(person, name="test", scope=Scope.READ)
        db.session.commit()
        return {"Authorization": f"Bearer {token}"}

    return headers


def test_programs_get_the_same_list(anonymous, token):
    found = {each["name"]: each for each in anonymous.get("/api/v1/plugins", headers=token()).json}
    assert found["willow"]["state"] == "failed"
    assert found["entropy"] == {
        "name": "entropy",
        "state": "on",
        "version": found["entropy"]["version"],
        "source": "bundled",
        "enabled": True,
        "reason": "",
        "faults": 0,
        "hooks": found["entropy"]["hooks"],
    }


def test_programs_of_others_do_not(anonymous, token, member):
    assert anonymous.get("/api/v1/plugins", headers=token(member)).status_code == 403


def test_a_broken_one_that_is_switched_off_is_not_tried_again(client, data):
    client.post("/settings/plugins/willow/activation/delete")
    assert "will not be tried again" in tile(page(client), "willow")
    assert not State.read(data).enabled("willow", first_party=False)


def test_one_that_did_not_run_waits_for_the_next_start(client, data):
    client.post("/settings/plugins/willow/activation/delete")
    answer = client.post("/settings/plugins/willow/activation", follow_redirects=True)
    assert "Willow comes with the next start of Fallow." in answer.text


def test_an_unknown_plugin_is_404(client):
    assert client.post("/settings/plugins/elm/activation").status_code == 404


@pytest.mark.parametrize("path", ["", "/meadow/activation", "/meadow/activation/delete"])
def test_only_admins_see_and_switch(anonymous, member, path):
    sign_in(anonymous, member)
    answer = anonymous.open(f"/settings/plugins{path}", method="POST" if path else "GET")
    assert answer.status_code == 403
    assert plugins().found["meadow"].standing == "on"


def test_safe_mode_says_why_nothing_runs(make_app, data, anonymous, owner):
    client = anonymous
    sign_in(client, owner)
    plugins().safe = True
    assert "Safe mode comes after two starts" in page(client)
