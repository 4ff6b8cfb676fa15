"""Settings, Mail as an admin meets it: a test's outcome comes by itself, or with a reload where there is no script."""

import pytest
from playwright.sync_api import expect

from host.jobs import drain
from host.jobs.consumer import start
from tests.smtp_server import PASSWORD, USER, Step


@pytest.fixture
def enter(smtp_server):
    """enter(page): type in the test's server and save it."""

    def typed(page):
        page.goto("/settings/mail")
        page.get_by_label("Server", exact=True).fill("localhost")
        page.get_by_label("Port").fill(str(smtp_server.port))
        page.get_by_label("User name").fill(USER)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Letters are from").fill("fallow@example.org")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved.")).to_be_visible()

    return typed


@pytest.fixture
def worker(app):
    consumer = start(app)
    yield
    assert consumer.stop(timeout=30)


def test_the_outcome_of_a_test_comes_by_itself(page, enter, worker, smtp_server):
    enter(page)
    for reply, words in (("550 5.1.1 Gone", "takes no mail for ada@example.org: 5.1.1 Gone"), ("", "took the letter")):
        smtp_server.behave()
        if reply:
            smtp_server.answer(Step.RCPT, reply)
        page.get_by_role("button", name="Send me a test").click()
        expect(page.locator("#mail-trial").get_by_text(words)).to_be_visible()
    assert len(smtp_server.letters) == 1


def test_without_a_script_it_comes_with_a_reload(window, owner, enter, app):
    page = window(owner, java_script_enabled=False).new_page()
    enter(page)
    page.get_by_role("button", name="Send me a test").click()
    expect(page.get_by_text("On its way", exact=True)).to_be_visible()
    drain()
    page.reload()
    expect(page.get_by_text("localhost took the letter for ada@example.org.")).to_be_visible()
