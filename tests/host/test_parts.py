"""What plugins draw into a page: each piece with its own values, and a broken one is a gap."""

from functools import partial

import pytest
from jinja2 import TemplateNotFound
from sqlalchemy import event, text

from host import Badge, CardPanel, NavItem
from host.db import db
from host.web.parts import render_part

TEMPLATES = {
    "works.html": "<i>{{ word }}</i>",
    "itself.html": "{{ badge.weight }}",
    "asks.html": "{{ ask() }}",
    "fails.html": "{{ nothing.at.all }}",
}


@pytest.fixture
def app(make_app, tmp_path):
    """A program with a plugin of its own, whose faults do not end the test."""
    package = tmp_path / "plugins" / "orchard"
    (package / "templates" / "orchard").mkdir(parents=True)
    (package / "__init__.py").write_text("from host import Plugin\n\nPLUGIN = Plugin('orchard', title='Orchard')\n")
    for name, source in TEMPLATES.items():
        (package / "templates" / "orchard" / name).write_text(source)
    return make_app(plugins=["orchard"], data=tmp_path, strict=False)


def test_a_part_is_drawn_from_its_own_values_and_escaped_once(app):
    item = NavItem("Trees", "/trees", template="orchard/works.html", context={"word": "<b>"}, plugin="orchard")
    assert render_part(item) == "<i>&lt;b&gt;</i>"


def test_a_badge_is_in_reach_of_its_template(app):
    assert render_part(Badge("orchard/itself.html", plugin="orchard", weight=7)) == "7"


def test_a_part_that_fails_leaves_a_gap_and_its_plugin_is_blamed(app):
    assert render_part(Badge("orchard/fails.html", plugin="orchard")) == ""
    (fault,) = app.extensions["fallow"].plugins.found["orchard"].faults
    assert "orchard/fails.html" in fault[1]
    assert "UndefinedError" in fault[2]


def test_a_panel_that_fails_has_a_notice_in_its_place(app):
    panel = CardPanel("Trees", "orchard/fails.html", plugin="orchard")
    assert "Orchard cannot be shown just now" in render_part(panel)


def test_a_plugin_that_borrows_a_template_is_blamed_for_what_it_puts_in(app):
    assert render_part(Badge("errors/error.html", plugin="orchard")) == ""
    assert "errors/error.html" in app.extensions["fallow"].plugins.found["orchard"].faults[-1][1]


def test_a_template_that_is_not_there_is_a_fault_too(app):
    assert render_part(Badge("orchard/missing.html", plugin="orchard")) == ""


def test_a_template_that_spoils_the_transaction_spoils_no_other(app):
    drawn = [
        render_part(Badge("orchard/asks.html", {"ask": partial(db.session.scalar, text(asked))}, plugin="orchard"))
        for asked in ("SELECT nothing", "SELECT 7")
    ]
    assert drawn == ["", "7"]


def test_a_thousand_parts_cost_no_statement(app):
    said = []
    event.listen(db.engine, "before_cursor_execute", lambda *each: said.append(each[2]))
    for weight in range(1000):
        render_part(Badge("orchard/itself.html", weight=weight, plugin="orchard"))
    assert said == []


def test_the_hosts_own_faults_are_not_hidden(app):
    with pytest.raises(TemplateNotFound):
        render_part(Badge("missing.html"))
