"""The daily task, the panel and the API."""

from io import BytesIO

import pytest
from sqlalchemy import text

from host import Account, Job, Shelf, back_up, db
from host.backups import cipher
from host.backups.shelf import Sort
from host.jobs.known import periodics
from host.jobs.pauses import all_paused_at
from host.models import ApiToken
from host.models.token import Scope
from host.testing import sign_in
from plugins.backups import daily

PANEL = "/settings/plugin/backups/backups"

MULTIPART = "multipart/form-data"


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    monkeypatch.setattr(cipher, "N", 2)


@pytest.fixture(autouse=True)
def empty_shelf(app):
    """A program that tests use again leaves nothing in it."""
    yield
    for each in Shelf().all():
        each.path.unlink()


@pytest.fixture
def api(app):
    def caller(user):
        token = ApiToken.create(user, name="test", scope=Scope.WRITE)
        db.session.commit()
        headers = {"Authorization": f"Bearer {token}"}
        return lambda method, address: app.test_client().open(f"/api/v1{address}", method=method, headers=headers)

    return caller


@pytest.mark.sqlite_only("PostgreSQL has its own tools for that: test_on_postgresql")
def test_one_a_day_by_itself_and_the_shelf_is_kept_in_order(board, travel, drain_jobs):
    assert periodics()["backups.daily"].schedule.words == "daily at 03:15 UTC"
    for _day in range(9):
        daily.run.run()
        travel(days=1)
    assert 7 <= len(Shelf().all()) <= 9


def test_the_panel_makes_one_in_a_job_and_lists_it(client, drain_jobs):
    assert "There is no backup yet" in client.get(PANEL).text
    assert client.post("/backups/").status_code == 303
    drain_jobs()
    [made] = Shelf().all()
    assert made.name in client.get(PANEL).text


def test_one_is_taken_away_and_brought_elsewhere(client, board):
    board.add_card("Bake")
    db.session.commit()
    made = back_up()
    assert f"/backups/{made.name}/file" in client.get(PANEL).text
    with client.get(f"/backups/{made.name}/file") as answer:
        taken = answer.data
        assert (taken, answer.headers["Cache-Control"]) == (made.read_bytes(), "no-store")
        assert made.name in answer.headers["Content-Disposition"]
    made.unlink()
    brought(client, taken)
    [kept] = Shelf().all()
    assert (kept.sort, kept.path.read_bytes()) == (Sort.BROUGHT, taken)
    assert f"Kept as {kept.name}. Nothing is restored yet." in client.get(PANEL).text
    board.add_card("Later")
    db.session.commit()
    assert client.post(f"/backups/{kept.name}/restoration").status_code == 303
    assert db.session.scalars(text("SELECT title FROM card")).all() == ["Bake"]


def test_an_encrypted_one_is_brought_unseen_and_looked_at_with_its_passphrase(client, board, tmp_path):
    brought(client, back_up(tmp_path / "sealed", "a walk in the long grass").read_bytes())
    [kept] = Shelf().all()
    assert "is encrypted" in client.post(f"/backups/{kept.name}/restoration").text


@pytest.mark.parametrize("share", [0, 0.3, 0.99])
def test_what_is_not_whole_is_not_kept(client, board, tmp_path, share):
    whole = back_up(tmp_path / "made").read_bytes()
    brought(client, whole[: int(len(whole) * share)])
    assert "no backup of Fallow" in client.get(PANEL).text
    assert list(Shelf().path.glob("*")) == []


def test_of_those_that_were_brought_three_stay(client, board, tmp_path, travel):
    whole = back_up(tmp_path / "made").read_bytes()
    for _time in range(4):
        brought(client, whole)
        travel(seconds=1)
    assert len(Shelf().all()) == 3


def test_without_a_file_it_says_what_to_do(client):
    client.post("/backups/brought", data={}, content_type=MULTIPART)
    assert "Choose a file." in client.get(PANEL).text


def brought(client, content):
    """As a browser sends a file that somebody chose."""
    data = {"backup": (BytesIO(content), "meadow.backup")}
    assert client.post("/backups/brought", data=data, content_type=MULTIPART).status_code == 303


def test_restoring_from_the_page_asks_first(client, board):
    board.add_card("Bake")
    db.session.commit()
    made = back_up()
    board.add_card("Later")
    db.session.commit()
    address = f"/backups/{made.name}/restoration"
    assert "backed up first" in client.get(address).text
    answer = client.post(address)
    assert (answer.status_code, answer.location) == (303, "/jobs")
    assert db.session.scalars(text("SELECT title FROM card")).all() == ["Bake"]
    assert all_paused_at()
    assert len(Shelf().all()) == 2
    assert "All jobs are paused" in client.get("/jobs").text


def test_an_encrypted_one_on_the_shelf_wants_its_passphrase(client, board):
    made = back_up(Shelf().place(), "a walk in the long grass")
    address = f"/backups/{made.name}/restoration"
    assert "is encrypted" in client.post(address).text
    answer = client.post(address, data={"passphrase": "another walk"})
    assert (answer.status_code, all_paused_at()) == (409, None)
    assert "does not fit" in answer.text
    assert client.post(address, data={"passphrase": "a walk in the long grass"}).status_code == 303


def test_one_that_is_damaged_is_refused_on_the_page(client, board):
    made = back_up()
    made.write_bytes(made.read_bytes()[:1000])
    answer = client.post(f"/backups/{made.name}/restoration")
    assert (answer.status_code, all_paused_at()) == (409, None)
    assert "This is no backup of Fallow" in answer.text


def test_what_is_not_there_is_not_found(client):
    for name in ("fallow.db", "fallow-20261122T031500000000Z.backup", "%2e%2e%2ffallow.db"):
        assert client.get(f"/backups/{name}/file").status_code == 404
        assert client.get(f"/backups/{name}/restoration").status_code == 404
        assert client.post(f"/backups/{name}/restoration").status_code == 404


def test_only_who_looks_after_the_installation(anonymous, member, owner, api):
    made = back_up()
    cyd = Account.open("Elsewhere", owner_name="Cyd Brook", email="cyd@example.org")
    db.session.commit()
    for person in (member, cyd):
        sign_in(anonymous, person)
        assert anonymous.get(PANEL).status_code == 403
        assert anonymous.post("/backups/").status_code == 403
        assert anonymous.get(f"/backups/{made.name}/file").status_code == 403
        assert anonymous.post("/backups/brought", data={}, content_type=MULTIPART).status_code == 403
        assert anonymous.get(f"/backups/{made.name}/restoration").status_code == 403
        assert anonymous.post(f"/backups/{made.name}/restoration").status_code == 403
        assert api(person)("GET", "/backups").status_code == api(person)("POST", "/backups").status_code == 403


def test_the_api_lists_them_and_makes_one(owner, api, drain_jobs):
    ada = api(owner)
    assert ada("POST", "/backups").json == []
    drain_jobs()
    [made] = ada("GET", "/backups").json
    assert (made["name"], made["before_restore"]) == (Shelf().all()[0].name, False)
    assert made["size"] > 1000
    assert db.session.query(Job).filter_by(task="backups.make").one().summary == f"made {made['name']}"
