"""By which way a piece of news reaches each person: the bell, the desktop, the bundle."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from host import Event
from plugins.notifications.opening import open_bundles
from plugins.notifications.preferences import Preferences, preferences_of
from plugins.notifications.reasons import Reason
from plugins.notifications.recipients import Told
from plugins.notifications.topics import Way, topic_named, topic_of


class News(NamedTuple):
    """What one person hears of one event, and how."""

    user_id: int
    event: Event
    reason: Reason
    in_bell: bool
    on_desktop: bool
    bundle_id: int | None


def routed(told: Sequence[Told]) -> list[News]:
    """Without what its person wants by no way. Whoever is to get mail has an open bundle from now on. The people's
    rows are held."""
    preferences = preferences_of({each.user_id for each in told})
    wanted = list(_wanted(told, preferences))
    mailed = {each.user_id for each, ways in wanted if Way.MAIL in ways}
    bundles = open_bundles([preferences[user_id] for user_id in sorted(mailed)])
    return [_news(each, ways, bundles[each.user_id].id if each.user_id in bundles else None) for each, ways in wanted]


def _wanted(told: Sequence[Told], preferences: dict[int, Preferences]) -> Iterator[tuple[Told, frozenset[Way]]]:
    known = {name: topic_named(name) for name in {topic_of(each) for each in told}}
    for each in told:
        if ways := preferences[each.user_id].ways(known[topic_of(each)]):
            yield each, ways


def _news(told: Told, ways: frozenset[Way], bundle_id: int | None) -> News:
    bundle = bundle_id if Way.MAIL in ways else None
    return News(*told, in_bell=Way.BELL in ways, on_desktop=Way.DESKTOP in ways, bundle_id=bundle)
