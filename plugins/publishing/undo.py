"""What an undo has to know, short enough for a form in a message: `12:1789…;7.1789….` for a post and its targets."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from host import Fault, _
from plugins.publishing.moving import Was

POST = re.compile(r"(\d{1,15}):(\d{0,11})((?:;\d{1,15}\.\d{0,11}\.\d{0,11})*)", re.ASCII)
LONGEST = 2500  # characters: the message waits in a cookie


def written(was: Iterable[Was]) -> str:
    return " ".join(";".join([f"{each.post_id}:{_number(each.at)}", *_targets(each)]) for each in was)


def read(text: str) -> Sequence[Was]:
    """Raises Fault for what was not written here."""
    found = [POST.fullmatch(each) for each in text.split()]
    if not found or not all(found):
        raise Fault(_("There is nothing to undo."))
    return [_read(*each.groups()) for each in found if each]


def _targets(was: Was) -> list[str]:
    return [f"{id}.{_number(due)}.{_number(own)}" for id, due, own in was.targets]  # noqa: A001


def _read(post_id: str, at: str, targets: str) -> Was:
    return Was(int(post_id), _moment(at), [_target(each) for each in targets.split(";") if each])


def _target(text: str) -> tuple[int, datetime | None, datetime | None]:
    id, due, own = text.split(".")  # noqa: A001
    return int(id), _moment(due), _moment(own)


def _number(at: datetime | None) -> str:
    return "" if at is None else str(int(at.timestamp()))


def _moment(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text), UTC) if text else None
