"""Every field of every form on any page, and every field that the API takes, with what nobody would send on purpose:
nothing breaks, nothing is changed by what is refused, and what was typed beside it is still there."""

from html import escape
from urllib.parse import urlencode

import pytest

from host.db import db
from tests.host.routes.conftest import OF_ALL, listed
from tests.host.routes.forms import WORDS, forms, unseen
from tests.host.routes.odd import IN_QUERIES, TEXTS, VALUES, some
from tests.host.routes.resources import fields, resources
from tests.host.routes.sandbox import Sandbox

FORM = "application/x-www-form-urlencoded"
# Which of a thing that fields name by its id or number is another's.
NAMING = {
    "board": "boards",
    "card": "cards",
    "column": "columns",
    "comment": "comments",
    "connection": "connections",
    "connections": "connections",
    "into": "tags",
    "item": "posts",
    "original": "posts",
    "people": "people",
    "person": "people",
    "post": "posts",
    "template": "boards",
}

# People while all see the board; the comment that a page goes back to.
NOT_LOOKED_AT = {("/boards/<int:id>", "people"), ("/cards/<int:number>/reactions/<int:id>/delete", "comment")}

# What a double click would make twice.
ONCE = {
    "/boards",
    "/boards/<int:board_id>/cards",
    "/boards/<int:id>/copies",
    "/boards/<int:id>/settings/<plugin>/<key>",
    "/cards/<int:number>/comments",
    "/cards/<int:number>/duplicate",
    "/publishing/posts",
    "/recurring/queues",
    "/settings/people/invitations",
}


@pytest.fixture(scope="module")
def standing(world):
    """Every form, filled in so that it would be taken; as far as that can be guessed."""
    with world.app.app_context(), Sandbox() as sandbox:

        def taken(form):
            answer = world.ada("POST", form.action, data=form.body(), content_type=FORM)
            sandbox.renew()
            return answer.status_code < 400

        found = forms(world.app, world.ada, world.adas)
        return [next(filter(taken, (form.filled(), form)), form.filled()) for form in found]


def test_most_that_one_can_post_to_has_a_form(world, standing):
    """The others are sent by scripts, or by a form that is drawn in another state."""
    assert len(standing) > 80
    assert len(unseen(world.app, standing)) < 100


def test_odd_words_in_a_field_break_nothing(world, sandbox, standing, broke):
    """On PostgreSQL only what databases take differently."""
    texts = TEXTS if db.engine.dialect.name == "sqlite" else IN_QUERIES
    odd = {**{called: (TEXTS[called],) for called in texts}, "missing": (), "twice": (b"1", b"2")}
    met = {}
    pairs = [(form, name) for form in standing for name in form.kinds]
    for turn, (form, name) in enumerate(pairs):
        for called in some([*odd], turn):
            answer = world.ada("POST", form.action, data=form.body(name, *odd[called]), content_type=FORM)
            why = broke(answer) or (answer.status_code >= 400 and sandbox.written)
            met[f"{form.rule} {name}: {called}"] = why
            sandbox.renew()
    assert listed(met) == ""


def test_what_makes_something_makes_it_once_however_often_it_is_sent(world, sandbox, standing):
    done, again = set(), {}
    for form in standing:
        if "form_key" in form.kinds:
            first = world.ada("POST", form.action, data=form.body(), content_type=FORM)
            made = len(sandbox.written)
            second = world.ada("POST", form.action, data=form.body(), content_type=FORM)
            if made:
                done.add(form.rule)
                again[form.rule] = sandbox.written[made:] or (first.location != second.location and second.location)
            sandbox.renew()
    assert listed(again) == ""
    assert done >= ONCE


def test_what_was_typed_is_still_there_where_something_else_is_refused(world, sandbox, standing):
    lost = {}
    for form in standing:
        for name, kind in form.kinds.items():
            kept = [other for other in form.written if other != name and form.values[other] == WORDS]
            answer = world.ada("POST", form.action, data=form.body(name, b"9" * 400), content_type=FORM)
            if answer.status_code == 422 and kind != "hidden" and kept and escape(WORDS) not in answer.text:
                lost[f"{form.rule} {name}"] = kept
            sandbox.renew()
    assert listed(lost) == ""


def test_odd_words_break_nothing_where_no_form_was_found(world, sandbox, standing, broke):
    names = {name for form in standing for name in form.kinds}
    met = {}
    for address in unseen(world.app, standing):
        for odd in IN_QUERIES:
            body = urlencode(dict.fromkeys(names, TEXTS[odd][:5000]))
            answer = world.ada("POST", address.about(world.adas), data=body, content_type=FORM)
            met[f"{address} {odd}"] = broke(answer) or (answer.status_code >= 400 and sandbox.written)
            sandbox.renew()
    assert listed(met) == ""


def test_what_is_anothers_cannot_be_named(world, sandbox, standing):
    met, tried = {}, 0
    for theirs in (world.eves, world.bens):
        for form in standing:
            for name in form.kinds.keys() & NAMING.keys():
                if (theirs is world.bens and NAMING[name] in OF_ALL) or (form.rule, name) in NOT_LOOKED_AT:
                    continue
                other = str(theirs[NAMING[name]]).encode()
                answer = world.ada("POST", form.action, data=form.body(name, other), content_type=FORM)
                tried += 1
                if sandbox.written or theirs["word"] in answer.text:
                    met[f"{form.rule} {name}"] = (answer.status_code, sandbox.written[:2])
                sandbox.renew()
    assert listed(met) == ""
    assert tried > 10


def test_odd_values_in_json_break_nothing(document, world, sandbox, broke):
    met = {}
    for address, operation, _shared in resources(document):
        for name, needed in fields(document, operation):
            for odd, value in VALUES.items():
                answer = world.ada(address.method, address.about(world.adas), json={**needed, name: value})
                met[f"{address} {name}: {odd}"] = broke(answer) or (answer.status_code >= 400 and sandbox.written)
                sandbox.renew()
    assert listed(met) == ""


def test_odd_json_breaks_nothing(document, world, sandbox, broke):
    met = {}
    for address, operation, _shared in resources(document):
        for odd, value in VALUES.items() if "requestBody" in operation else ():
            answer = world.ada(address.method, address.about(world.adas), json=value)
            met[f"{address} {odd}"] = broke(answer) or (answer.status_code >= 400 and sandbox.written)
            sandbox.renew()
    assert listed(met) == ""


def test_odd_words_in_a_query_break_nothing(document, world, sandbox, broke):
    met = {}
    for address, operation, shared in resources(document):
        for told in [*shared, *operation.get("parameters", [])]:
            for odd, text in TEXTS.items() if told["in"] == "query" else ():
                query = {told["name"]: text[:5000]}
                answer = world.ada(address.method, address.about(world.adas), query_string=query)
                met[f"{address} {told['name']}: {odd}"] = broke(answer)
    assert listed(met) == ""
