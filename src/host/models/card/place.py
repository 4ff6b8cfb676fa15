"""The four places of a published card; a draft is in none."""

from enum import StrEnum


class Place(StrEnum):
    DRAFT = "draft"
    MAYBE = "maybe"
    COLUMN = "column"
    NOT_NOW = "not_now"
    DONE = "done"


# Cards whose clock runs: published, not closed, not resting.
AWAKE = (Place.MAYBE, Place.COLUMN)
