"""Two who write at once: the second is told."""

from hashlib import sha256

from host.errors import Fault
from host.i18n import _

VERSION_DIGITS = 16


class Overtaken(Fault):
    """Somebody else changed the words since they were read."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else changed these words while you wrote."))


def version_of(*words: str) -> str:
    """Another one for other words."""
    return sha256("\0".join(words).encode()).hexdigest()[:VERSION_DIGITS]
