"""What columns of a table mean. Other programs call them otherwise."""

from collections.abc import Mapping, Sequence

from host import Invalid, _

TEXT, NETWORKS, DATE, TIME, ZONE, CARD, SHARED, STATUS = (
    "text", "networks", "date", "time", "zone", "card", "shared", "status",
)  # fmt: skip
PICTURES, ALT = "pictures", "alt"
FIELDS = (TEXT, NETWORKS, DATE, TIME, ZONE, CARD, SHARED, STATUS, PICTURES, ALT)
OF_NETWORKS = ("text", "time", "option")  # `text:mastodon`, `time:mastodon`, `option:mastodon:visibility`

OTHERS: Mapping[str, str] = {
    "post": TEXT, "message": TEXT, "content": TEXT, "body": TEXT, "caption": TEXT,
    "network": NETWORKS, "channel": NETWORKS, "channels": NETWORKS, "account": NETWORKS, "accounts": NETWORKS,
    "profile": NETWORKS, "profiles": NETWORKS, "platform": NETWORKS, "platforms": NETWORKS,
    "day": DATE, "posting date": DATE,
    "at": TIME, "when": TIME, "scheduled": TIME, "schedule": TIME, "scheduled at": TIME, "publish at": TIME,
    "date & time": TIME, "date and time": TIME, "datetime": TIME, "posting time": TIME,
    "timezone": ZONE, "time zone": ZONE, "tz": ZONE, "card number": CARD, "state": STATUS,
    "image": PICTURES, "images": PICTURES, "picture": PICTURES, "media": PICTURES,
    "alt text": ALT, "image alt text": ALT,
}  # fmt: skip

Mapped = Mapping[str, str]  # a column's title, and what it means; empty for nothing


def guess(titles: Sequence[str]) -> dict[str, str]:
    """By their titles; each meaning is given once."""
    meant: dict[str, str] = {}
    for title in titles:
        name = " ".join(title.casefold().replace("_", " ").split())
        meaning = name if name in FIELDS or is_of_network(name) else OTHERS.get(name, "")
        meant[title] = "" if meaning in meant.values() else meaning
    return meant


def is_of_network(name: str) -> bool:
    kind, colon, rest = name.partition(":")
    return bool(colon and rest) and kind in OF_NETWORKS


def check(mapped: Mapped) -> None:
    """Raises Invalid where two columns mean the same, one means nothing that there is, or none is the text."""
    meanings = [meaning for meaning in mapped.values() if meaning]
    if unknown := next((each for each in meanings if each not in FIELDS and not is_of_network(each)), None):
        raise Invalid({"columns": [_("No column can be “%(meaning)s”.", meaning=unknown)]})
    if twice := next((each for each in meanings if meanings.count(each) > 1), None):
        raise Invalid({"columns": [_("Two columns are “%(meaning)s”. Choose one.", meaning=twice)]})
    if not any(each == TEXT or each.startswith("text:") for each in meanings):
        raise Invalid({"columns": [_("Say which column has the text.")]})
