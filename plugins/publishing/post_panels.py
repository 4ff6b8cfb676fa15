"""What other plugins show beside a post."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from host import CardPanel, User, attempt, gather
from plugins.publishing.post import Post

HOOK = "post_panel"


def panels(post: Post, reader: User) -> Sequence[CardPanel]:
    """Each with its plugin's name, so that what its template raises is known to be that one's; the lighter first."""
    found: list[CardPanel] = []
    for plugin, given in gather(HOOK, post=post, reader=reader):
        found += attempt(plugin, HOOK, partial(_read, plugin, given), otherwise=list)
    return sorted(found, key=lambda panel: panel.weight)


def _read(plugin: str, given: CardPanel) -> list[CardPanel]:
    """Raises TypeError for what is no panel."""
    if not isinstance(given, CardPanel):
        raise TypeError(f"this hook gives CardPanel, not {given!r}")
    return [replace(given, plugin=plugin)]
