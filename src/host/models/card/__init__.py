"""A card and its traits, each a small module."""

from host.models.card import spikes
from host.models.card.assignable import Assignment
from host.models.card.card import Card
from host.models.card.closeable import Closure
from host.models.card.flock import Flock
from host.models.card.golden import Goldness
from host.models.card.place import AWAKE, AWAY, PLACED, Place
from host.models.card.postponable import Postponement
from host.models.card.removable import Removal
from host.models.card.taggable import Tagging
from host.models.card.watchable import Watch, watch_cards

__all__ = [
    "AWAKE",
    "AWAY",
    "PLACED",
    "Assignment",
    "Card",
    "Closure",
    "Flock",
    "Goldness",
    "Place",
    "Postponement",
    "Removal",
    "Tagging",
    "Watch",
    "spikes",
    "watch_cards",
]
