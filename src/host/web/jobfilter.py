"""Which part of the jobs page somebody asked for; it is kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from flask import url_for

from host.i18n import _
from host.jobs import JobState, history
from host.jobs.known import periodics, plugin_title, tasks

SPANS = {"24h": history.DAY, "7d": history.WEEK}


@dataclass(frozen=True)
class JobFilter:
    """The span of the chart; a state, or all but done; a task, a plugin or all of them, by name."""

    range: str = "24h"
    state: JobState | None = None
    task: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        """From an address; what it cannot mean is left out."""
        chosen, state = args.get("range", ""), args.get("state", "")
        found = JobState(state) if state in list(JobState) else None
        return cls(chosen if chosen in SPANS else "24h", found, args.get("task", "").strip())

    @property
    def span(self) -> history.Span:
        return SPANS[self.range]

    @property
    def chosen(self) -> bool:
        """Whether something is left out."""
        return bool(self.state or self.task)

    @property
    def address(self) -> str:
        state = self.state.value if self.state else None
        return url_for("jobs.index", range=self.range, state=state, task=self.task or None)

    @property
    def states(self) -> list[tuple[str, str]]:
        """What may be chosen, and its words."""
        return [("", _("All but done")), *((state.value, words) for state, words in _states().items())]

    @property
    def tasks(self) -> list[tuple[str, str]]:
        """Plugins with their tasks below; one that is asked for and gone is there as well."""
        names = sorted({*tasks(), *([self.task] if self.task else [])})
        plugins = sorted({name.partition(".")[0] for name in names}, key=lambda name: plugin_title(name).casefold())
        titles = {name: each.title for name, each in periodics().items()}
        options = [("", _("All tasks"))]
        for plugin in plugins:
            title = plugin_title(plugin)
            mine = [name for name in names if _is_of(name, plugin)]
            options += [(plugin, title), *((name, f"{title}: {titles.get(name, name)}") for name in mine)]
        return options

    def shows(self, task: str) -> bool:
        """Whether this task is among those asked for."""
        return self.task in ("", task) or _is_of(task, self.task)


def _states() -> dict[JobState, str]:
    return {
        JobState.RUNNING: _("Running"),
        JobState.WAITING: _("Waiting"),
        JobState.SCHEDULED: _("Scheduled"),
        JobState.FAILED: _("Failed"),
        JobState.PARKED: _("Parked"),
        JobState.DONE: _("Done"),
    }


def _is_of(task: str, plugin: str) -> bool:
    return task.startswith(f"{plugin}.")
