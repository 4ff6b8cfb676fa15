"""Posts out of a file under the hands: looked at, brought in, taken back; and no barriers on the way."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from host import db
from plugins.publishing.connection import Connection

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
PHONE = {"width": 390, "height": 844}
TABLE = """Wording,networks,time
The kettle is on,feed,2030-03-09 10:00Z
Bread at six,friendster,2030-03-10 10:00Z
"""


@pytest.fixture
def table(tmp_path, owner):
    Connection.feed_of(owner.account)
    db.session.commit()
    path = tmp_path / "march.csv"
    path.write_text(TABLE)
    return path


def barriers(page: Page) -> list[str]:
    """What axe finds, a line each."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)")
    return [f"{each['id']}: {node['html'][:150]} {node['any'][:1]}" for each in found for node in each["nodes"]]


def upload(page: Page, path: Path) -> None:
    page.goto("/publishing/connections")
    page.get_by_role("link", name="Import and export").click()
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Look at it").click()


def test_a_table_is_looked_at_brought_in_and_taken_back(page, table):
    upload(page, table)
    expect(page.get_by_text("Say which column has the text.")).to_be_visible()
    page.get_by_label("Wording").select_option("text")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_text("is no account that you can publish on")).to_be_visible()
    table.write_text(TABLE.replace("friendster", "feed").replace("Wording", "text"))
    upload(page, table)
    page.get_by_label("scheduled, as the file says").check()
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_text("2 posts are here.")).to_be_visible()
    page.goto("/publishing?day=2030-03-01")
    expect(page.get_by_text("Bread at six")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 posts are gone again.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_use_it(window, owner, table, theme):
    page = window(owner, viewport=PHONE, color_scheme=theme).new_page()
    upload(page, table)
    page.get_by_label("Wording").select_option("text")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_text("is no account that you can publish on")).to_be_visible()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.goto("/publishing/import")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
