"""What `fallow doctor` finds."""

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that was looked at; what is in order has no remedy."""

    what: str
    says: str
    remedy: str = ""
