"""What can recur, of all plugins that are on."""

from collections.abc import Mapping

from host import Invalid, _, gather
from plugins.recurring.guarded import Guarded
from plugins.recurring.recurrence import Recurrence

OURS = "recurring"


def kinds() -> Mapping[str, Recurrence]:
    """By name; another plugin's are known by its name and theirs."""
    offered = [(plugin, each) for plugin, some in gather("register_recurrences") for each in some]
    return {each.name: each for each in (_named(plugin, each) for plugin, each in offered)}


def kind_of(name: str) -> Recurrence | None:
    """None where its plugin is off."""
    return kinds().get(name)


def require_kind(name: str) -> Recurrence:
    """Raises Invalid."""
    kind = kind_of(name)
    if kind is None:
        raise Invalid({"kind": [_("There is nothing of this kind to repeat.")]})
    return kind


def _named(plugin: str, offered: Recurrence) -> Recurrence:
    return offered if plugin == OURS else Guarded(plugin, offered)
