"""What another plugin brings to repeat may fail wherever it is asked, and takes nothing else with it."""

import pytest

from host import Account, db
from host.plugging import plugins
from host.testing import sign_in
from plugins.recurring.changing import create
from plugins.recurring.queue import Queue
from plugins.recurring.run import Run

APPLES = """\
from plugins.recurring import Fate, Made, Original, Recurrence

PLUGIN = Plugin("apples", title="Apples", requires=["recurring"])


class Apples(Recurrence):
    name, title, icon = "apple", "Apple", "sprout"
    template = "apples/fields.html"

    def choices(self, person):
        may_fail("choices")
        return [(1, "Boskoop")]

    def require(self, named, person):
        may_fail("require")
        if named != 1:
            raise NotFound("There is no such apple.")
        return Original(1, "Boskoop", "A sour apple.", "/apples/1")

    def original(self, original_id):
        may_fail("original")
        return Original(1, "Boskoop")

    def originals(self, ids, reader):
        may_fail("originals")
        return {1: Original(1, "Boskoop")}

    def make(self, order):
        may_fail("make")
        return Made(order.number, "It is ripe.", ["Boskoop"])

    def fates(self, ids, reader):
        may_fail("fates")
        return {id: Fate("Eaten", "check", "published", "/apples") for id in ids}

    def beside(self, original_id, person):
        may_fail("beside")
        return {"sorts": ["sour"]}

    def typed(self, form, original_id):
        may_fail("typed")
        return {"sort": form.get("sort")}

    def told(self, queue_id):
        may_fail("told")
        return "1 eaten"

    def checked(self, options, original_id, person):
        may_fail("checked")
        return dict(options)

    def warnings(self, order, every):
        may_fail("warnings")
        return ["Apples fall."]

    def changed(self, original_id, said):
        may_fail("changed")
        return False


@hookimpl
def register_recurrences():
    return [Apples()]
"""
FIELDS = '<select name="sort">{% for each in sorts %}<option>{{ each }}</option>{% endfor %}</select>{{ "FAIL" }}'
ASKED = ("choices", "originals", "fates", "beside", "told", "warnings", "changed", "original")
TYPED = {
    "what": "apples.apple:1",
    "drawn_for": "apples.apple:1",
    "every": "3",
    "unit": "days",
    "day": "2031-05-06",
    "time": "12:00",
    "zone": "Europe/Berlin",
    "sort": "sour",
}


@pytest.fixture
def apples(plant, make_app, data):
    """apples("choices"): a browser of Ada's in a program with apples to repeat, which fail when they are asked this."""

    def begin(*failing, fields=FIELDS):
        source = "import pathlib\n" + APPLES
        failure = "\n\ndef may_fail(what):\n    if what in FAILING:\n        1 / 0\n"
        plant(
            "apples", f"{source}\n\nFAILING = set({failing!r})\n{failure}", **{"templates/apples/fields.html": fields}
        )
        app = make_app(data=data, plugins=("apples", "recurring", "publishing"), strict=False)
        ada = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
        db.session.commit()
        client = app.test_client()
        sign_in(client, ada)
        client.trust()
        return client, ada

    return begin


def fail(*what):
    plugins().found["apples"].module.FAILING.update(what)


def moments():
    return {incident.moment for incident in plugins().found["apples"].faults}


def test_another_plugins_kind_has_its_own_part_of_the_form(apples, plan, sweep, travel):
    client, _ada = apples()
    page = client.get("/recurring").text
    assert '<option value="apples.apple:1" selected>Boskoop</option>' in page
    assert "<option>sour</option>" in page
    assert "Sow this<" in page
    assert client.post("/recurring/queues", data=TYPED).status_code == 303
    queue = db.session.scalars(db.select(Queue)).one()
    assert (queue.kind, queue.options) == ("apples.apple", {"sort": "sour"})
    db.session.commit()
    travel(days=6000)
    assert sweep().endswith("1 made")
    page = client.get(f"/recurring/queues/{queue.id}").text
    assert "1 made, 1 eaten" in page
    assert "It is ripe." in page
    assert "Eaten" in page
    assert "Apples fall." in page
    assert moments() == set()


@pytest.mark.parametrize("what", ASKED)
def test_one_that_fails_while_a_page_is_drawn_leaves_the_rest_of_it(apples, plan, what):
    client, ada = apples()
    queue = create("apples.apple", 1, plan(), ada)
    number = queue.id
    db.session.add(Run(queue_id=number, occurrence=queue.next_time, outcome="made", made_id=1, number=1, said=["x"]))
    db.session.commit()
    fail(what)
    for address in ("/recurring", f"/recurring/queues/{number}", "/recurring?post=1"):
        answer = client.get(address)
        assert answer.status_code == 200, address
    assert "Boskoop" in client.get(f"/recurring/queues/{number}").text
    assert moments() == {"recurrence apple"}


@pytest.mark.parametrize("what", ["require", "checked", "typed"])
def test_one_that_fails_while_a_queue_is_made_says_so_in_the_form(apples, what):
    client, _ada = apples()
    fail(what)
    answer = client.post("/recurring/queues", data=TYPED)
    assert answer.status_code == 409
    assert "The plugin that repeats this failed." in answer.text
    assert 'value="2031-05-06"' in answer.text
    assert db.session.scalars(db.select(Queue)).all() == []


def test_a_template_that_fails_leaves_the_form(apples):
    client, _ada = apples(fields="{{ 1 / 0 }}")
    page = client.get("/recurring")
    assert page.status_code == 200
    assert 'name="every"' in page.text
    assert moments() == {"template apples/fields.html"}


def test_what_it_means_to_say_is_no_failure(apples):
    client, _ada = apples()
    answer = client.post("/recurring/queues", data={**TYPED, "what": "apples.apple:2", "drawn_for": "apples.apple:2"})
    assert answer.status_code == 404
    assert "There is no such apple." in answer.text
    assert moments() == set()


def test_a_run_that_fails_is_written_down_and_tried_again(apples, plan, sweep, history, travel):
    _client, ada = apples()
    queue = create("apples.apple", 1, plan(), ada)
    db.session.commit()
    fail("make")
    travel(hours=2)
    assert sweep().endswith("1 failed")
    assert [outcome for _at, outcome in history(queue)] == ["failed"]
