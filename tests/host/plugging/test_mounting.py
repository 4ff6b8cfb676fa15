"""Plugins' blueprints stay within their own pages."""

import pytest

from host.plugging import plugins

pytestmark = pytest.mark.sqlite_only("nothing here touches the database")

BLUEPRINT = """
from flask import Blueprint
from host import api_blueprint

bp = Blueprint("orchard", __name__)

@bp.get("/")
def index():
    return "an orchard"

{more}

@hookimpl
def register_blueprints():
    return [bp]
"""
REACHING = {
    "before_app_request": "@bp.before_app_request\ndef greet(): return 'gotcha'",
    "after_app_request": "@bp.after_app_request\ndef change(answer): 1 / 0",
    "teardown_app_request": "@bp.teardown_app_request\ndef end(error): 1 / 0",
    "app_url_value_preprocessor": "@bp.app_url_value_preprocessor\ndef look(endpoint, values): 1 / 0",
    "app_url_defaults": "@bp.app_url_defaults\ndef add(endpoint, values): values['x'] = 1",
    "app_context_processor": "@bp.app_context_processor\ndef words(): return {'nav': None}",
    "app_errorhandler": "@bp.app_errorhandler(404)\ndef lost(error): return 'lost in the orchard'",
}


@pytest.mark.parametrize("more", REACHING.values(), ids=REACHING)
def test_one_that_reaches_into_every_page_is_refused(sown, more):
    client = sown(orchard=BLUEPRINT.format(more=more)).test_client()
    orchard = plugins().found["orchard"]
    assert orchard.standing == "failed"
    assert "of every page; it may only do so for its own" in orchard.reason
    assert client.get("/session/new").status_code == 200
    assert "gotcha" not in client.get("/session/new").text
    lost = client.get("/nowhere")
    assert lost.status_code == 404
    assert "lost in the orchard" not in lost.text
    assert client.get("/orchard/").status_code == 404


def test_what_it_does_for_its_own_pages_is_its_own_affair(sown):
    own = "@bp.before_request\ndef greet(): return 'come in'\n@bp.errorhandler(404)\ndef lost(error): return 'lost'"
    sown(orchard=BLUEPRINT.format(more=own))
    assert plugins().found["orchard"].standing == "on"


@pytest.mark.parametrize("more", ["bp.record(lambda state: 1 / 0)", "bp.record(lambda state: exit(3))"])
def test_one_that_cannot_be_put_in_place_is_off_and_the_rest_runs(sown, more):
    client = sown(orchard=BLUEPRINT.format(more=more), willow="").test_client()
    assert plugins().found["orchard"].standing == "failed"
    assert [each.name for each in plugins().on] == ["willow"]
    assert client.get("/session/new").status_code == 200
    assert client.get("/orchard/").status_code == 404


def test_two_blueprints_of_one_name_are_refused(sown):
    twice = BLUEPRINT.format(more="").replace("[bp]", "[bp, Blueprint('orchard', __name__)]")
    sown(orchard=twice)
    assert "could not be put in place" in plugins().found["orchard"].reason
