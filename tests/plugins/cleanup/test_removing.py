"""What goes, when, and what is written down of it."""

import pytest
from sqlalchemy import func, select

from host import NotFound, RetentionRule, Tag, db
from host.jobs import Job
from host.jobs.known import periodics
from host.models import RequestKey
from host.plugging import plugins
from plugins.cleanup import removing
from plugins.cleanup.models import Choice, Removal
from plugins.cleanup.standing import Standing

KEYS, TAGS = "host.request_keys", "host.unused_tags"


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_daily_tasks_run_at_their_times(app):
    words = {name: each.schedule.words for name, each in periodics().items()}
    assert words["cleanup.unused_tags"] == "daily at 04:02 UTC"
    assert words["cleanup.daily"] == "daily at 03:00 UTC"


def test_what_would_go_is_what_goes_and_is_written_down(requests):
    requests(60)
    assert Standing.named(KEYS).would_go == 60
    assert removing.remove(Standing.named(KEYS)) == 60
    standing = Standing.named(KEYS)
    assert (standing.would_go, standing.last.removed, count(RequestKey)) == (0, 60, 0)
    assert count(Removal) == 1  # however many batches


def test_nothing_is_written_down_where_nothing_went(app):
    assert removing.remove(Standing.named(KEYS)) == 0
    assert count(Removal) == 0


def test_unused_tags_go_by_their_own_task_and_not_with_the_others(unused, drain_jobs):
    unused(3)
    removing.daily.run()
    drain_jobs()
    assert count(Tag) == 3
    assert removing.unused_tags.preview() == "host.unused_tags: 3 would go"
    assert removing.unused_tags.run() == "3 removed"
    assert (count(Tag), removing.unused_tags.run()) == (0, "nothing to remove")


def test_each_day_has_a_job_for_each_rule(requests, drain_jobs):
    requests(2)
    assert "host.request_keys: 2 would go" in removing.preview_daily()
    removing.daily.run()
    drain_jobs()
    assert count(RequestKey) == 0
    assert "2 removed" in db.session.scalars(select(Job.summary).where(Job.task == "cleanup.remove")).all()


def test_chosen_days_hold(requests, travel):
    requests(1)
    Choice.choose(Standing.named(KEYS).rule, days=30, on=True)
    assert removing.remove(Standing.named(KEYS)) == 0
    travel(days=21)
    assert removing.remove(Standing.named(KEYS)) == 1


def test_a_rule_that_is_off_is_not_followed(requests, unused, drain_jobs):
    requests(1)
    unused(1)
    for key in (KEYS, TAGS):
        Choice.choose(Standing.named(key).rule, days=None, on=False)
    removing.daily.run()
    drain_jobs()
    assert removing.unused_tags.run() == "switched off"
    assert (count(RequestKey), count(Tag)) == (1, 1)


def test_a_rule_that_fails_keeps_no_other_from_its_turn(requests, drain_jobs, monkeypatch):
    requests(2)

    class Broken:
        def count(self, _before):
            raise ZeroDivisionError

        find = remove = count

    cleanup = plugins().found["cleanup"].declared
    broken = RetentionRule("cleanup.broken", "Broken", Broken(), days=1)
    monkeypatch.setattr(cleanup, "retention", [broken, *cleanup.retention])
    removing.daily.run()
    drain_jobs()
    assert count(RequestKey) == 0
    job = db.session.scalars(select(Job).where(Job.error.is_not(None))).one()
    assert job.payload == {"rule": "cleanup.broken"}
    monkeypatch.setattr(plugins(), "strict", False)
    assert Standing.named("cleanup.broken").would_go is None
    assert [incident.moment for incident in plugins().found["cleanup"].faults] == ["rule cleanup.broken"]
    plugins().found["cleanup"].faults.clear()


def test_a_rule_whose_plugin_is_gone_by_now_is_no_fault(app):
    with pytest.raises(NotFound):
        Standing.named("orchard.trees")
    assert "There is no rule" in removing.remove_by.run(rule="orchard.trees")


def test_what_it_did_is_forgotten_too(requests, travel):
    requests(1)
    removing.remove(Standing.named(KEYS))
    travel(days=366)
    assert removing.remove(Standing.named("cleanup.removals")) == 1
    assert [each.rule for each in db.session.scalars(select(Removal))] == ["cleanup.removals"]
