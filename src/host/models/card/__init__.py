"""A card and its traits, each a small module."""

from host.models.card.assignable import Assignment
from host.models.card.card import Card
from host.models.card.closeable import Closure
from host.models.card.flock import Flock
from host.models.card.golden import Goldness
from host.models.card.place import AWAKE, Place
from host.models.card.postponable import Postponement
from host.models.card.taggable import Tagging
from host.models.card.watchable import Watch

__all__ = [
    "AWAKE",
    "Assignment",
    "Card",
    "Closure",
    "Flock",
    "Goldness",
    "Place",
    "Postponement",
    "Tagging",
    "Watch",
]
