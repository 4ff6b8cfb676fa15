"""The four places of a published card; a draft is in none, and neither is one that is about to be deleted."""

from enum import StrEnum


class Place(StrEnum):
    DRAFT = "draft"
    REMOVED = "removed"
    MAYBE = "maybe"
    COLUMN = "column"
    NOT_NOW = "not_now"
    DONE = "done"


# Cards whose clock runs: published, not closed, not resting.
AWAKE = (Place.MAYBE, Place.COLUMN)
# Cards that are out of the way: `put_away_at` says since when.
AWAY = frozenset({Place.NOT_NOW, Place.DONE})
# Cards that no list shows: `host.permissions.visible` leaves them out.
HIDDEN = (Place.DRAFT, Place.REMOVED)
PLACED = tuple(place for place in Place if place not in HIDDEN)
