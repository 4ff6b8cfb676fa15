"""Removing what a rule gives up: each day by itself, or now."""

from host import UNUSED_TAGS, NotFound, Task, _, clear, ngettext, schedule, task
from plugins.cleanup.models import Removal
from plugins.cleanup.standing import Standing

LANE = "removals"  # one after the other: together they would take the more of each other's time
AT_OTHER_TIMES = (UNUSED_TAGS,)  # these have a task of their own, by `follower`


def remove(standing: Standing) -> int:
    """All that may go, batch by batch; says how much that was. For a job or a command."""
    taken: list[int] = []

    def note(gone: int) -> None:
        if not taken:
            taken.append(Removal.begin(standing.key))
        Removal.grow(taken[0], gone)

    return clear(standing.rule.leftovers, standing.before, each_time=note)


@task("cleanup.remove")
def remove_by(rule: str) -> str:
    """What this rule gives up."""
    try:
        standing = Standing.named(rule)
    except NotFound as gone:
        return str(gone)
    return said(remove(standing))


def follower(name: str, rule: str) -> Task:
    """A task for a rule that has a time of its own."""

    @task(name, preview=lambda: _would(Standing.named(rule)))
    def follow() -> str:
        standing = Standing.named(rule)
        return said(remove(standing)) if standing.on else _("switched off")

    return follow


unused_tags = follower("cleanup.unused_tags", UNUSED_TAGS)


def preview_daily() -> str:
    return ", ".join(_would(each) for each in _daily()) or _("nothing to remove")


@task("cleanup.daily", preview=preview_daily)
def daily() -> str:
    """A job for each rule that is on: one that fails keeps no other from its turn."""
    rules = _daily()
    for each in rules:
        begin(each)
    return ngettext("%(n)s rule is followed", "%(n)s rules are followed", len(rules))


def begin(standing: Standing) -> None:
    """In a job, soon."""
    schedule(remove_by, key=standing.key, lane=LANE, rule=standing.key)


def said(gone: int) -> str:
    return ngettext("%(n)s removed", "%(n)s removed", gone) if gone else _("nothing to remove")


def _daily() -> list[Standing]:
    return [each for each in Standing.all() if each.on and each.key not in AT_OTHER_TIMES]


def _would(standing: Standing) -> str:
    return _("%(rule)s: %(n)s would go", rule=standing.key, n=standing.would_go)
