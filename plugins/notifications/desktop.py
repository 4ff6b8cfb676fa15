"""What a note shows outside of a page: on the desktop, and by push in a browser without any page of ours."""

from collections.abc import Mapping

from plugins.notifications.notes import Note

MOST_AT_ONCE = 5  # the bell has all
LONGEST_TITLE, LONGEST_TEXT, LONGEST_URL = 120, 300, 1000  # a push service takes 4 KB, and systems show less


def shown(note: Note) -> Mapping[str, object]:
    """For the scripts, as JSON values. An open page and a push show the same news under the same tag, so that the later
    takes the place of the earlier; newer news of the same card has another."""
    told = note.told
    return {
        "id": told.id,
        "tag": f"fallow-{told.id}-{told.updated_at.isoformat()}",
        "title": _cut(note.title, LONGEST_TITLE),
        "text": _cut(note.text, LONGEST_TEXT),
        "url": note.url if len(note.url) <= LONGEST_URL else "/notifications",
    }


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
