"""The media type of a file that is no picture, found in its bytes."""

from typing import BinaryIO

import filetype

LONGEST_BEGINNING = 8192  # bytes, as many as the library looks at
UNKNOWN, TEXT = "application/octet-stream", "text/plain"
WRITTEN_AS_TEXT = (b"%PDF-", rb"{\rtf")  # what may well be nothing but ASCII and is no text for people


def kind_of(content: BinaryIO) -> str:
    """Text first: words that begin with BM or MZ are no bitmap and no program. So HTML and SVG are text as well."""
    beginning = content.read(LONGEST_BEGINNING)
    content.seek(0)
    if _is_text(beginning):
        return TEXT
    return filetype.guess_mime(beginning) or UNKNOWN


def _is_text(beginning: bytes) -> bool:
    """UTF-8; a character may be cut in two at the end."""
    if beginning.startswith(WRITTEN_AS_TEXT):
        return False
    try:
        return "\0" not in beginning.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and b"\0" not in beginning
