"""Errors as a person sees them: a sentence, a way back, and nothing of the inside."""

import pytest

from host.db import db
from host.models import Board, Step

pytestmark = pytest.mark.sqlite_only("a page of an error asks no database")


def test_an_unknown_address_leads_back(anonymous):
    page = anonymous.get("/nowhere/<b>")
    assert page.status_code == 404
    assert 'href="/"' in page.text
    assert "There is nothing at this address." in page.text
    assert "/nowhere" not in page.text


def test_a_surprise_shows_no_traceback(app, client):
    def fail():
        raise ZeroDivisionError("secret detail")

    app.add_url_rule("/surprise", "surprise", fail)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page = client.get("/surprise")
    assert page.status_code == 500
    assert "data-error" in page.text
    assert "secret detail" not in page.text
    assert "Traceback" not in page.text


def test_a_form_without_its_token_is_refused_with_a_page(anonymous):
    page = anonymous.post("/theme", data={"theme": "dark"}, headers={"X-CSRFToken": ""})
    assert page.status_code == 400
    assert "data-error" in page.text


def test_the_sign_in_page_keeps_the_address_and_says_what_is_wrong(anonymous):
    page = anonymous.post("/session", data={"email": "ada@example.org", "password": "wrong"})
    assert page.status_code == 422
    assert 'value="ada@example.org"' in page.text
    assert 'aria-describedby="f-password-errors"' in page.text
    assert "wrong" not in page.text


def test_a_number_that_no_row_can_have_is_an_unknown_address(client):
    assert client.get("/cards/99999999999999999999").status_code == 404


@pytest.fixture
def step(board):
    """The key of one."""
    step = board.add_card("Cut the reeds").add_step("Sharpen the scythe")
    db.session.commit()
    return step.id


def test_what_somebody_takes_away_meanwhile_is_not_found(app, client, step):
    def look():
        seen = db.session.get(Step, step)
        db.session.commit()  # it is to be read again
        with db.engine.begin() as other:
            other.execute(db.delete(Step))
        return seen.text

    app.add_url_rule("/look", "look", look)
    answer = client.get("/look")
    assert answer.status_code == 404
    assert "That was taken away just now." in answer.text


def test_who_is_outrun_is_told_so_and_nothing_is_stored(app, client, step, board):
    def change():
        db.session.get(Board, 1).name = "Renamed on the way"
        db.session.get(Step, step).text = "Oil the scythe"
        db.session.connection().execute(db.delete(Step))  # as another may on PostgreSQL
        db.session.commit()

    app.add_url_rule("/change", "change", change, methods=["POST"])
    answer = client.post("/change")
    assert answer.status_code == 409
    assert "Somebody was quicker." in answer.text
    db.session.expire_all()
    assert board.name == "Launch"
