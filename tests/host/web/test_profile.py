"""Settings, Yours, You: how others see somebody, and by which clock they live."""

import pytest

from host.db import db
from tests.host.web.page import Page

ADDRESS = "/settings/you"


@pytest.fixture
def save(read, submit):
    """save(handle="ada"): the form as it stands, but for what is typed."""

    def sent(**typed):
        page = read(ADDRESS)
        return submit(Page(page.html.replace('method="post"', f'method="post" action="{ADDRESS}"')), ADDRESS, **typed)

    return sent


def test_one_finds_oneself_there(read, owner):
    page = read(ADDRESS)
    assert page.one("input", id="f-name")["value"] == "Ada Field"
    assert page.one("input", id="f-handle")["value"] == "ada-field"
    assert "ada@example.org" in page.words
    assert page.one("a", href=ADDRESS, aria_current="page")
    assert page.one("option", value="", selected=None)


def test_what_is_saved_is_seen_by_all(client, read, owner):
    sent = {"name": "Ada Fen", "handle": "@Fen", "zone": "Asia/Kolkata"}
    answer = client.post(ADDRESS, data=sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, ADDRESS)
    assert "Saved." in read(ADDRESS).said["toasts"]
    assert "Ada Fen @fen" in read("/settings/people").words
    assert read(ADDRESS).one("option", value="Asia/Kolkata", selected=None)
    client.post(ADDRESS, data={**sent, "zone": ""})
    db.session.expire_all()
    assert owner.zone is None


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"handle": "ben-hollow"}, "handle", "Somebody else here is @ben-hollow."),
        ({"handle": "all"}, "handle", "@all is nobody’s. Choose another."),
        ({"handle": "a b"}, "handle", "Use 1 to 32 small letters and digits, with single hyphens between them."),
        ({"handle": ""}, "handle", "Use 1 to 32"),
        ({"name": ""}, "name", "A name has 1 to 120 characters."),
        ({"zone": "Mars/Olympus"}, "zone", "There is no such time zone."),
    ],
)
def test_what_does_not_fit_comes_back_with_why(client, read, owner, member, typed, field, said):
    sent = {"name": "Ada Fen", "handle": "fen", "zone": "Asia/Kolkata"} | typed
    answer = client.post(ADDRESS, data=sent)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert said in page.said[f"f-{field}-errors"]
    assert page.one("input", id="f-handle")["value"] == sent["handle"]
    db.session.expire_all()
    assert (owner.name, owner.handle, owner.zone) == ("Ada Field", "ada-field", None)


def test_everybody_may_introduce_themselves(browser, member):
    ben = browser(member)
    assert ben.post(ADDRESS, data={"name": "Ben", "handle": "ben", "zone": ""}).status_code == 303
    assert "Yours" in ben.get("/settings/people").text
