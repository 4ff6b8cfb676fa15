"""The ends of names that exist (`com`, `рф`), as IANA lists them: top-level-domains.txt beside this file."""

from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("top-level-domains.txt")


@cache
def endings() -> frozenset[str]:
    """In small letters, those of other scripts both as they are read and as they travel (`xn--p1ai`)."""
    lines = LIST.read_text(encoding="ascii").lower().split("\n")
    named = {line for line in lines if line and not line.startswith("#")}
    return frozenset(named | {_read(each) for each in named})


def _read(name: str) -> str:
    return name.removeprefix("xn--").encode().decode("punycode") if name.startswith("xn--") else name
