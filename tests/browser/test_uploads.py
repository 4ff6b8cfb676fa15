"""Files under the hands: pasted into a text, dropped on the page."""

import pytest
from playwright.sync_api import Page, expect

from host.db import db

PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
CARRY = """([kind, where, picture]) => {
  const bytes = Uint8Array.from(atob(picture), each => each.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], 'oak.png', { type: 'image/png' }));
  const about = { bubbles: true, cancelable: true, clipboardData: carried, dataTransfer: carried };
  const Happening = kind === 'paste' ? ClipboardEvent : DragEvent;
  document.querySelector(where).dispatchEvent(new Happening(kind, about));
}"""


@pytest.fixture
def at(board, owner, page) -> Page:
    """Ada's tab with her card open."""
    board.add_card("Cut the reeds", by=owner)
    db.session.commit()
    page.goto("/")
    page.goto("/cards/1")
    return page


def test_a_pasted_picture_stands_in_the_comment(at):
    field = at.get_by_label("Write a comment")
    field.fill("Look: ")
    at.evaluate(CARRY, ["paste", "#say", PICTURE])
    expect(field).to_have_value("Look: ![oak.png](/cards/1/files/1)")
    at.get_by_role("button", name="Comment", exact=True).click()
    image = at.locator(".comment .prose img")
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", 1)


def test_what_is_dropped_on_the_page_is_put_on_the_card(at):
    at.evaluate(CARRY, ["drop", "h1", PICTURE])
    expect(at.locator("#files")).to_contain_text("oak.png")
    at.get_by_role("button", name="Cover: oak.png").click()
    expect(at.locator(".cover img")).to_be_visible()
    at.goto("/boards/1")
    expect(at.locator("#card-1 img")).to_be_visible()
