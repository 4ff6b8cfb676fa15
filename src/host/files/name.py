"""What a file is called: the last part of what was sent, fit to be shown and to be saved under."""

from pathlib import PurePosixPath

from host.i18n import _
from host.models.typed import line

LONGEST = 200  # characters
LONGEST_ENDING = 20


def plain_name(given: str) -> str:
    """No path, on one line, never empty; a long one is cut before its ending."""
    name = line(given.replace("\\", "/").rpartition("/")[2])
    if not name.strip(". "):
        return _("file")
    ending = PurePosixPath(name).suffix
    if len(ending) > LONGEST_ENDING:
        ending = ""
    return name if len(name) <= LONGEST else name[: LONGEST - len(ending)] + ending
