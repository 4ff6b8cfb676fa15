"""A table in a file: CSV as spreadsheets write it."""

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from host import Invalid, _

LARGEST = 10 * 1024 * 1024  # bytes
MOST_ROWS = 5000
MOST_COLUMNS = 200
SEPARATORS = ",;\t"


@dataclass(frozen=True)
class Table:
    """`rows` have as many cells as there are titles; `numbers` are their lines as a spreadsheet counts rows."""

    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]

    @classmethod
    def read(cls, data: bytes) -> "Table":
        """Raises Invalid (`file`) for what is no table."""
        text = _decoded(data)
        try:
            lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True))
        except csv.Error as error:
            raise _wrong(_("This is no CSV that can be read: %(error)s.", error=error)) from error
        if not lines or not any(cell.strip() for cell in lines[0]):
            raise _wrong(_("The file begins with no line of column titles."))
        titles = _titles(lines[0])
        kept = [(number, row) for number, row in enumerate(lines[1:], 2) if any(cell.strip() for cell in row)]
        if not kept:
            raise _wrong(_("There are no posts in this file."))
        if len(kept) > MOST_ROWS:
            raise _wrong(_("A file brings at most %(n)s posts. Split it.", n=MOST_ROWS))
        return cls(titles, [_fitted(row, len(titles)) for _number, row in kept], [number for number, _row in kept])


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST:
        raise _wrong(_("A table has at most %(n)s MB.", n=LARGEST // 1024 // 1024))
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # Excel's "Unicode text"
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong(_("This is no text in UTF-8. Spreadsheets call the kind “CSV UTF-8”.")) from error
    if "\0" in text:
        raise _wrong(_("This is no CSV: it holds bytes that no text has."))
    return text


def _separator(text: str) -> str:
    """The one that the line of titles has most."""
    first = text.partition("\n")[0]
    return max(SEPARATORS, key=first.count)


def _titles(cells: Sequence[str]) -> list[str]:
    """Without those at the end that are empty; each once."""
    titles = [cell.strip() for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    if len(titles) > MOST_COLUMNS:
        raise _wrong(_("A table has at most %(n)s columns.", n=MOST_COLUMNS))
    if twice := next((title for title in titles if title and titles.count(title) > 1), None):
        raise _wrong(_("Two columns are called “%(title)s”.", title=twice))
    return [title or f"#{place}" for place, title in enumerate(titles, 1)]


def _fitted(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * width][:width]


def _wrong(said: str) -> Invalid:
    return Invalid({"file": [said]})
