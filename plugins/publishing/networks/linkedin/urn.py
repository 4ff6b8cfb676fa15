"""LinkedIn's names of things (`urn:li:share:7141138937766391808`), which carry the time when they were made."""

import re
from datetime import UTC, datetime

POST = re.compile(r"urn:li:(?:share|ugcPost):(\d{1,19})")


def is_post(urn: str) -> bool:
    return POST.fullmatch(urn) is not None


def made_at(urn: str) -> datetime:
    """Of a post's."""
    found = POST.fullmatch(urn)
    if found is None:
        raise ValueError(f"{urn} is no post")
    return datetime.fromtimestamp((int(found[1]) >> 22) / 1000, UTC)


def page(site: str, urn: str) -> str:
    return f"{site}/feed/update/{urn}"
