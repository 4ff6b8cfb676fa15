"""The hook by which other plugins bring something to repeat."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from host import Account, db, now
from host.plugging import plugins
from host.plugging.state import State
from plugins.recurring.changing import Plan, create
from plugins.recurring.kinds import kinds
from plugins.recurring.queue import Status
from plugins.recurring.run import Run
from plugins.recurring.sweeping import process_queues

ORCHARD = """\
from plugins.recurring import Fate, Gone, Made, NotNow, Original, Recurrence

PLUGIN = Plugin("orchard", title="Orchard", requires=["recurring"])
TREES = {7: "Pear"}
PICKED = []


class Apple(Recurrence):
    name, title, icon = "apple", "Apple", "leaf"

    def choices(self, person):
        return list(TREES.items())

    def require(self, named, person):
        if named not in TREES:
            raise NotFound("There is no such tree.")
        return Original(named, TREES[named], url=f"/orchard/{named}")

    def original(self, original_id):
        return Original(original_id, TREES[original_id]) if original_id in TREES else None

    def originals(self, ids, reader):
        return {each: Original(each, TREES[each]) for each in ids if each in TREES}

    def make(self, order):
        MAKE
        PICKED.append((order.original_id, order.number, order.options))
        return Made(order.number, said=["picked"])

    def fates(self, ids, reader):
        return {each: Fate("eaten", "check", "published") for each in ids}


@hookimpl
def register_recurrences():
    FAULT
    return [Apple()]
"""
ALL = ("orchard", "publishing", "recurring", "notifications")


@pytest.fixture
def grow(plant, make_app, data):
    """`grow(make="1 / 0")`: a program with another plugin, which does this when something is to be made."""

    def begin(fault="pass", make="pass", names=ALL):
        plant("orchard", ORCHARD.replace("FAULT", fault).replace("MAKE", make))
        return make_app(data=data, plugins=names, strict=False)

    return begin


@pytest.fixture
def pear(travel):
    """`pear()`: a queue of the pear tree, an hour before it is due; the hour goes by."""

    def made(**more):
        ada = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
        zone = ZoneInfo("Asia/Tokyo")
        begins = (now() + timedelta(hours=1)).astimezone(zone).replace(tzinfo=None)
        queue = create("orchard.apple", 7, Plan(3, begins, zone, **more), ada)
        db.session.commit()
        travel(hours=1)
        return queue

    return made


def sweep():
    said = process_queues.run()
    db.session.expire_all()
    return said


def picked():
    return plugins().found["orchard"].module.PICKED


def test_hook_register_recurrences(grow, pear):
    grow()
    queue = pear(options={"basket": "small"})
    assert (queue.kind, queue.title) == ("orchard.apple", "Pear")
    assert sweep() == "1 runs: 1 made"
    assert picked() == [(7, 1, {"basket": "small"})]
    [run] = Run.of(queue)
    assert (run.made_id, run.said) == (1, ["picked"])
    assert kinds()["orchard.apple"].fates([run.made_id], queue.owner)[1].words == "eaten"


def test_each_is_known_by_its_plugins_name_but_ours(grow):
    grow()
    assert list(kinds()) == ["orchard.apple", "post", "card"]


@pytest.mark.parametrize("fault", ["1 / 0", "raise SystemExit(3)"])
def test_one_that_fails_to_offer_leaves_the_others(grow, fault):
    grow(fault)
    assert list(kinds()) == ["post", "card"]
    assert [incident.moment for incident in plugins().found["orchard"].faults] == ["register_recurrences"]


@pytest.mark.parametrize("make", ["1 / 0", "raise SystemExit(3)"])
def test_one_that_fails_to_make_is_tried_again(grow, pear, make):
    grow(make=make)
    queue = pear()
    assert sweep() == "1 runs: 0 made, 1 failed"
    assert (queue.status, queue.failures, picked()) == (Status.ACTIVE, 1, [])


def test_nothing_to_be_made_is_no_failure_and_what_it_wrote_is_undone(grow, pear):
    grow(make='order.owner.name = "Spoilt"; raise NotNow("It is winter.", asks=False)')
    queue = pear()
    assert sweep() == "1 runs: 0 made, 1 skipped"
    assert (Run.of(queue)[0].why, queue.attention, queue.failures) == ("It is winter.", None, 0)
    assert queue.owner.name == "Ada Field"


def test_what_is_gone_completes_its_queue(grow, pear):
    grow(make="raise Gone")
    queue = pear()
    sweep()
    assert (queue.status, queue.reason) == (Status.COMPLETED, "What it repeats was deleted.")


def test_switched_off_its_queues_wait(grow, pear, data):
    State.read(data).switch_on(["orchard"])
    grow(names=None)
    queue = pear()
    plugins().switch_off("orchard")
    assert sweep() == "1 runs: 0 made, 1 skipped"
    assert (queue.status, queue.attention) == (Status.ACTIVE, "The plugin that repeats this is off.")
