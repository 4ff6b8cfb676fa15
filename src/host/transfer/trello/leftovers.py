"""Counting what an export holds and we have no place for."""

from collections import Counter

from host.models.tag import normal
from host.transfer.trello.document import Document
from host.transfer.trello.loose import Thing, thing

COVERS = ("color", "idAttachment", "idUploadedBackground")


def count_leftovers(document: Document, counts: Counter[str]) -> None:
    """Once the cards are written: their comments were taken out of the history, what is left there is stray."""
    counts["board_description"] += bool(document.description)
    counts["stray_checklists"] += document.stray_checklists
    counts["stray_comments"] += sum(map(len, document.history.comments.values()))
    counts["other_actions"] += document.history.others
    used = {label for card in document.cards for label in card.labels}
    counts["unnamed_labels"] += sum(not normal(label.name) and label not in used for label in document.labels)
    for card in document.cards:
        _count(card.raw, counts)


def _count(card: Thing, counts: Counter[str]) -> None:
    counts["custom_fields"] += _length(card.get("customFieldItems"))
    counts["start_dates"] += bool(card.get("start"))
    counts["locations"] += bool(card.get("coordinates") or card.get("address"))
    counts["votes"] += _length(card.get("idMembersVoted"))
    counts["stickers"] += _length(card.get("stickers"))
    counts["covers"] += any(thing(card.get("cover")).get(kind) for kind in COVERS)
    counts["power_ups"] += _length(card.get("pluginData"))


def _length(value: object) -> int:
    return len(value) if isinstance(value, list) else 0
