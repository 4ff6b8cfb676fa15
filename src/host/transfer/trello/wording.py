"""The texts of a card: what Trello keeps in fields that we do not have yet goes into the description."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from host.i18n import _
from host.models.card.editable import LONGEST_TEXT, LONGEST_TITLE
from host.models.card.stepped import LONGEST_STEP
from host.transfer.trello.document import Attachment, Checklist, TrelloCard

WEB = re.compile(r"https?://[^<>]+")
MARKUP = re.compile(r"([\\\[\]])")


def title_and_rest(card: TrelloCard, counts: Counter[str]) -> tuple[str, str]:
    """A title of at most 255 characters, and what did not fit."""
    if not card.name:
        counts["untitled"] += 1
        return _("Untitled"), ""
    if len(card.name) <= LONGEST_TITLE:
        return card.name, ""
    counts["long_titles"] += 1
    room = LONGEST_TITLE - 1
    end = card.name.rfind(" ", room // 2, room + 1)
    end = room if end < 0 else end
    return card.name[:end] + "…", "… " + card.name[end:].lstrip()


def description(card: TrelloCard, rest: str, counts: Counter[str]) -> str:
    """The rest of the title, Trello's description, then links to the attachments and the due date."""
    links = list(_links(card, counts))
    attachments = "\n".join([_("Attachments:"), *links]) if links else ""
    due = _due(card.due, complete=card.due_complete) if card.due else ""
    counts["due_dates"] += bool(due)
    foot = _paragraphs(attachments, due)
    head = fitting(_paragraphs(rest, card.description), counts, LONGEST_TEXT - min(len(foot) + 2, LONGEST_TEXT // 2))
    return fitting(_paragraphs(head, foot), counts)


def steps(card: TrelloCard, counts: Counter[str]) -> Iterator[tuple[str, str, bool]]:
    """The item's id, its words and whether it is done; with several checklists each step says which it is of."""
    several = len(card.checklists) > 1
    for checklist in card.checklists:
        for item in checklist.items:
            if not item.name:
                counts["empty_items"] += 1
                continue
            words = f"{_name(checklist)}: {item.name}" if several else item.name
            yield item.id, fitting(words, counts, LONGEST_STEP), item.done


def fitting(text: str, counts: Counter[str], most: int = LONGEST_TEXT) -> str:
    """The text, cut where it is too long."""
    if len(text) <= most:
        return text
    counts["cut_texts"] += 1
    return text[: most - 1] + "…"


def _name(checklist: Checklist) -> str:
    return checklist.name or _("Checklist")


def _links(card: TrelloCard, counts: Counter[str]) -> Iterator[str]:
    for each in card.attachments:
        if each.name or each.url:
            counts["links"] += 1
            yield f"- {_link(each)}"


def _link(attachment: Attachment) -> str:
    name = MARKUP.sub(r"\\\1", attachment.name or attachment.url)
    if WEB.fullmatch(attachment.url):
        return f"[{name}](<{attachment.url}>)"
    return f"{name} ({attachment.url})" if attachment.url and attachment.url != attachment.name else name


def _due(at: datetime, *, complete: bool) -> str:
    day = f"{at.day} {at:%B} {at.year}"
    return _("Due: %(day)s (done)", day=day) if complete else _("Due: %(day)s", day=day)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
