"""No link within the documentation leads nowhere."""

import re

from tests.contract.source import ROOT, shown, tracked

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_every_link_to_a_file_finds_it():
    pages = [path for path in tracked() if path.suffix == ".md" and "data" not in path.parts]
    links = [(page, link) for page in pages for link in LINK.findall(page.read_text())]
    assert [(shown(page), link) for page, link in links if not (page.parent / link).exists()] == []


def test_every_page_is_reached_from_the_index():
    docs = ROOT / "docs"
    pages = {path for path in docs.rglob("*.md") if path.parent.name != "images"}
    indexes = (docs / "README.md", docs / "decisions" / "README.md", ROOT / "README.md")
    reached = {(index.parent / link).resolve() for index in indexes for link in LINK.findall(index.read_text())}
    assert sorted(map(shown, pages - reached - {docs / "README.md"})) == []
