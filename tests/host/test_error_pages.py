"""Errors as a person sees them: a sentence, a way back, and nothing of the inside."""

import pytest

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
