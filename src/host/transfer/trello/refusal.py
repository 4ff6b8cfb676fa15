"""Telling a Trello board from everything else, and saying in one line what else it is."""

import json
from typing import Any

from host.errors import Fault
from host.i18n import _
from host.transfer.trello.loose import Thing, things

MARKS = {b"PK\x03\x04": "ZIP", b"\x1f\x8b": "gzip", b"%PDF": "PDF", b"\x89PNG": "PNG", b"SQLite format 3": "SQLite"}


class NoBoard(Fault):
    """What was given is no Trello board."""


def board_in(data: bytes | str) -> Thing:
    """The JSON object of a Trello board. Raises NoBoard, whose message says what it is instead."""
    found = _json(data)
    if not isinstance(found, dict):
        raise NoBoard(_("This JSON is no Trello board: it has to be an object with lists and cards."))
    lists, cards = found.get("lists"), found.get("cards")
    if _is_trello(found, lists, cards):
        return found
    raise NoBoard(_what_else(found, lists, cards))


def _json(data: bytes | str) -> Any:
    if not data.strip():
        raise NoBoard(_("The file is empty."))
    if isinstance(data, bytes):
        for mark, kind in MARKS.items():
            if data.startswith(mark):
                raise NoBoard(_("This is a %(kind)s file, not the JSON of one board.", kind=kind))
    try:
        return json.loads(data.removeprefix("\ufeff") if isinstance(data, str) else data)
    except UnicodeDecodeError as error:
        raise NoBoard(_("This is no text file; Fallow reads the JSON that Trello exports.")) from error
    except RecursionError as error:
        raise NoBoard(_("This JSON is nested too deeply to be a Trello board.")) from error
    except ValueError as error:
        line = f" ({_('line %(n)s', n=error.lineno)})" if isinstance(error, json.JSONDecodeError) else ""
        raise NoBoard(_("This is no JSON%(line)s; in Trello choose Export as JSON.", line=line)) from error


def _is_trello(found: Thing, lists: Any, cards: Any) -> bool:
    """A board has a name or an id beside its lists and cards. Where one of them is missing, as in an export that was
    cut down by hand, the other must look like Trello's."""
    if isinstance(lists, list) and isinstance(cards, list):
        return bool(lists or cards) or any(isinstance(found.get(key), str) for key in ("id", "name", "url"))
    return any("idList" in card for card in things(cards)) or any("idBoard" in each for each in things(lists))


def _what_else(found: Thing, lists: Any, cards: Any) -> str:
    if isinstance(found.get("boards"), list) or "idBoards" in found:
        return _("This is an export of a whole workspace; export each board by itself.")
    if "idList" in found and lists is None and cards is None:
        return _("This is one Trello card; export its board.")
    return _("This JSON is no Trello board: it has no lists and cards of Trello's.")
