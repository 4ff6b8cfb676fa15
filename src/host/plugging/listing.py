"""The plugins as they are listed: on the command line, in the settings and by the API. Programs read it: only add."""

from collections.abc import Iterator
from typing import Any

from host.i18n import _, ngettext
from host.plugging.loaded import Loaded
from host.plugging.registry import PluginRegistry
from host.plugging.tasks import Periodic


def row(registry: PluginRegistry, each: Loaded) -> dict[str, Any]:
    """One plugin in plain values."""
    return {
        "name": each.name,
        "state": each.standing,
        "version": each.version,
        "source": each.source,
        "enabled": each not in registry.refused and registry.enabled(each),
        "reason": each.reason,
        "faults": len(each.faults),
        "hooks": list(each.hooks),
    }


def adds(each: Loaded) -> Iterator[str]:
    """What a plugin brings, in words."""
    declared = each.declared
    answers_programs = {hasattr(blueprint, "authenticates") for blueprint in declared.blueprints}
    yield from (words for kind, words in ((False, _("Pages")), (True, _("API"))) if kind in answers_programs)
    yield from (words for hook, words in _places() if hook in each.hooks)
    if declared.settings:
        yield ngettext("%(n)s settings panel", "%(n)s settings panels", len(declared.settings))
    if count := sum(isinstance(task, Periodic) for task in declared.tasks):
        yield ngettext("%(n)s periodic job", "%(n)s periodic jobs", count)
    if declared.commands:
        yield ngettext("%(n)s command", "%(n)s commands", len(declared.commands))


def _places() -> Iterator[tuple[str, str]]:
    yield "board_banner", _("Board banner")
    yield "card_badges", _("Card badges")
    yield "card_panel", _("Card panel")
    yield "nav_items", _("Menu entries")
