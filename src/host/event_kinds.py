"""Which kinds of events there are: the host's, and those of the plugins that are on."""

from collections.abc import Sequence

from host.events import KINDS, EventKind
from host.plugging.gather import plugins


def event_kinds() -> Sequence[EventKind]:
    """By name."""
    on = {plugin.name for plugin in plugins().on}
    return [declared for name, declared in sorted(KINDS.items()) if "." not in name or name.partition(".")[0] in on]
