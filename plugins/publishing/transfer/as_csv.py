"""Posts as a table: one a line, for spreadsheets. Pictures are only named; JSON has all."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from itertools import chain
from typing import Any

from host import Fault, Invalid, User, _, exact_moment, read_zone
from plugins.publishing.naming import name_of
from plugins.publishing.post import Post
from plugins.publishing.states import State, Status
from plugins.publishing.target import Target
from plugins.publishing.transfer import columns
from plugins.publishing.transfer.cell import bare, guarded
from plugins.publishing.transfer.columns import Mapped
from plugins.publishing.transfer.item import Aim, Item
from plugins.publishing.transfer.table import Table

BETWEEN = "\n---\n"  # the parts of a thread
PARTS = re.compile(r"\n---\n")
NAMES = re.compile(r"[,;|\n]")
YES = frozenset({"yes", "true", "1", "x"})


def dump(posts: Sequence[Post]) -> str:
    """For a file in UTF-8; with the sign by which Excel knows that."""
    rows = [_row(post) for post in posts]
    more = sorted({name for row in rows for name in row} - set(columns.FIELDS))
    written = io.StringIO()
    table = csv.DictWriter(written, [*columns.FIELDS, *more], restval="", quoting=csv.QUOTE_ALL)
    table.writeheader()
    table.writerows({name: guarded(cell) for name, cell in row.items()} for row in rows)
    return "\ufeff" + written.getvalue()


def read(table: Table, mapped: Mapped, person: User) -> list[Item]:
    """Raises Invalid where the columns do not say enough."""
    columns.check(mapped)
    items = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        cells = {mapped.get(title, ""): bare(cell.strip()) for title, cell in zip(table.titles, row, strict=True)}
        try:
            items.append(_item(number, cells, person))
        except Fault as fault:
            said = list(chain.from_iterable(fault.errors.values())) if isinstance(fault, Invalid) else [fault.message]
            items.append(Item(number, texts=_texts(cells.get(columns.TEXT, "")), errors=said))
    return items


def _row(post: Post) -> dict[str, str]:
    zone = read_zone(post.zone) if post.zone else UTC
    wanted = [target for target in post.targets if target.state is not State.CANCELLED]
    row = {
        columns.TEXT: BETWEEN.join(post.texts),
        columns.NETWORKS: "; ".join(name_of(target.connection) for target in wanted),
        columns.TIME: _clock(post.at, zone),
        columns.ZONE: post.zone or "UTC",
        columns.CARD: str(post.card.number) if post.card else "",
        columns.SHARED: "yes" if post.shared else "",
        columns.STATUS: post.status.value,
        columns.PICTURES: "\n".join(each.file.name for each in post.media),
        columns.ALT: "\n".join(each.alt.replace("\n", " ") for each in post.media),
    }
    row |= {f"time:{target.platform}": _clock(_own(target, post), zone) for target in wanted if _own(target, post)}
    for variant in post.variants:
        if variant.texts:
            row[f"text:{variant.platform}"] = BETWEEN.join(variant.texts)
        row |= {f"option:{variant.platform}:{name}": value for name, value in variant.options.items()}
    return row


def _own(target: Target, post: Post) -> datetime | None:
    """Its time, where it is another than the post's."""
    return target.due_at if target.due_at != post.at else None


def _clock(at: datetime | None, zone: tzinfo) -> str:
    """What the zone's clocks show; the moment itself where they show it twice, or where it has seconds."""
    if at is None:
        return ""
    wall = at.astimezone(zone)
    plain = wall.second == wall.microsecond == wall.fold == 0
    return f"{wall:%Y-%m-%d %H:%M}" if plain else at.astimezone(UTC).isoformat()


def _item(number: int, cells: Mapping[str, str], person: User) -> Item:
    """Raises Fault."""
    zone = read_zone(cells[columns.ZONE]) if cells.get(columns.ZONE) else None
    clock: tzinfo = zone or person.timezone
    at = _moment(" ".join(filter(None, (cells.get(columns.DATE), cells.get(columns.TIME)))), clock)
    own = {name[5:]: time for name, cell in cells.items() if name[:5] == "time:" and (time := _moment(cell, clock))}
    return Item(
        number,
        texts=_texts(cells.get(columns.TEXT, "")),
        variants=_variants(cells),
        aims=[Aim(name.strip()) for name in NAMES.split(cells.get(columns.NETWORKS, "")) if name.strip()],
        own=own,
        at=at,
        zone=zone.key if zone else person.zone,
        card=_card(cells.get(columns.CARD, "")),
        shared=cells.get(columns.SHARED, "").casefold() in YES,
        status=_status(cells.get(columns.STATUS, "")),
        notes=_notes(cells),
    )


def _texts(cell: str) -> list[str]:
    return PARTS.split(cell.replace("\r\n", "\n").replace("\r", "\n"))


def _variants(cells: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, cell in cells.items():
        kind, _colon, rest = name.partition(":")
        if not cell or not columns.is_of_network(name) or kind == "time":
            continue
        network, _colon, option = rest.rpartition(":") if kind == "option" else (rest, "", "")
        variant = found.setdefault(network, {"texts": [], "options": {}})
        if option:
            variant["options"][option] = cell
        else:
            variant["texts"] = _texts(cell)
    return found


def _moment(text: str, zone: tzinfo) -> datetime | None:
    """Raises Invalid for what is no time, and for one that clocks skip."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        said = _("“%(text)s” is no time. Write times like 2026-03-09 10:00.", text=text[:40])
        raise Invalid({columns.TIME: [said]}) from error
    return at if at.tzinfo else exact_moment(at, zone, columns.TIME)


def _card(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.removeprefix("#").isdecimal() and cell.isascii()) or len(cell) > 18:
        raise Invalid({columns.CARD: [_("“%(text)s” is no card's number.", text=cell[:40])]})
    return int(cell.removeprefix("#"))


def _status(cell: str) -> Status:
    """What says nothing is planned."""
    name = cell.casefold().replace(" ", "_")
    return Status(name) if name in {each.value for each in Status} else Status.SCHEDULED


def _notes(cells: Mapping[str, str]) -> list[str]:
    if not cells.get(columns.PICTURES):
        return []
    return [_("A table has no pictures: add them to the post, or use JSON.")]
