"""What a measurement gives, and how it is printed."""

from collections.abc import Sequence

# A row has the same keys as the others of its table; a key names its unit ("sweep, s").
Row = dict[str, str | float]


def drawn(rows: Sequence[Row]) -> str:
    """A Markdown table, so that it can be pasted."""
    cells = [list(rows[0]), *([_shown(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    head, *body = (_line(line, widths) for line in cells)
    return "\n".join([head, _line(["-" * width for width in widths], widths), *body])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return f"| {' | '.join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))} |"


def _shown(value: str | float) -> str:
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"
    return value if isinstance(value, str) else f"{value:,}"
