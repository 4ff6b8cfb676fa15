"""In a real browser, with the headers that it sends: a board to which one comes back is not drawn again."""

from collections import Counter

import pytest
from flask import request, request_started

from host.db import db


@pytest.fixture
def drawn(app):
    """How often each path was drawn."""
    paths = Counter()

    def note(_app, **_more):
        paths[request.path] += 1

    request_started.connect(note, app)
    yield paths
    request_started.disconnect(note, app)


@pytest.fixture
def page(window, owner, board):
    """The board in Ada's browser, which has all its cookies."""
    board.add_card("Oil the gate", by=owner)
    page = window(owner).new_page()
    page.goto(f"/boards/{board.id}")
    page.reload()
    return page


def test_loaded_again(page, board, drawn):
    for _each in range(3):
        page.reload()
    assert drawn[f"/boards/{board.id}"] == 0
    page.get_by_role("link", name="Oil the gate").wait_for()


def test_come_back_to_from_a_card(page, board, drawn):
    page.get_by_role("link", name="Oil the gate").click()
    page.wait_for_url("**/cards/1")
    page.get_by_role("link", name=board.name).first.click()
    page.wait_for_url(f"**/boards/{board.id}")
    page.get_by_role("link", name="Oil the gate").wait_for()
    assert (drawn["/cards/1"], drawn[f"/boards/{board.id}"]) == (1, 0)


def test_after_somebody_wrote_something(page, board, member, drawn):
    board.add_card("Mend the fence", by=member)
    db.session.commit()
    page.reload()
    page.get_by_role("link", name="Mend the fence").wait_for()
    assert drawn[f"/boards/{board.id}"] >= 1


def test_what_is_added_on_a_page_that_was_not_drawn(member, page, board, drawn):
    """The forms of such a page work, and its stream tells of what others do."""
    page.reload()
    assert drawn[f"/boards/{board.id}"] == 0
    db.session.commit()  # whoever writes waits for us
    for title in ("Sow the beans", "Thin the carrots"):
        page.locator("#new-title").fill(title)
        page.keyboard.press("Enter")
        page.get_by_role("link", name=title).wait_for()
    page.locator("#new-title").blur()  # nothing is drawn under anybody's typing
    board.add_card("Mend the fence", by=member)
    db.session.commit()
    page.get_by_role("link", name="Mend the fence").wait_for()
    for title in ("Sow the beans", "Thin the carrots"):
        assert page.get_by_role("link", name=title).count() == 1
