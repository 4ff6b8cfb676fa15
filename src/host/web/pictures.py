"""The pictures on cards as pages show them: with their size, so that nothing moves when they arrive."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from host.models import Attachment, Card


@dataclass(frozen=True)
class Picture:
    """`full` is where it is whole; width and height are those of what `url` gives."""

    url: str
    full: str
    width: int
    height: int


def picture(attachment: Attachment, number: int) -> Picture:
    """Of the card with this number."""
    full, shown = url_for("attachments.show", number=number, id=attachment.id), attachment.shown
    url = url_for("attachments.small", number=number, id=attachment.id) if attachment.small else full
    return Picture(url, full, shown.width or 0, shown.height or 0)


def pictures_of(card: Card) -> Mapping[str, Picture]:
    """By the address under which its texts name them."""
    made = (picture(each, card.number) for each in card.attachments if each.file.is_picture)
    return {each.full: each for each in made}
