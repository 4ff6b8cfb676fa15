"""What a post says on one network in its own words, and the choices that only this network has."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from host import Id, Model


class Variant(Model):
    __tablename__ = "publishing_variant"

    post_id: Mapped[int] = mapped_column(Id, ForeignKey("publishing_post.id", ondelete="CASCADE"), primary_key=True)
    platform: Mapped[str] = mapped_column(String(80), primary_key=True)
    texts: Mapped[list[str]] = mapped_column(JSON)  # none: the shared ones
    options: Mapped[dict[str, str]] = mapped_column(JSON)
    detached_from: Mapped[str | None] = mapped_column(String(64))  # a mark of the shared text at that time

    def write(self, given: Mapping[str, Any], *, shared: Sequence[str]) -> None:
        """`texts`, if any, and `options`. What is the same as before keeps its mark: the shared text may have moved on
        since."""
        texts = list(given.get("texts") or [])
        if texts != self.texts:
            self.detached_from = mark(shared) if texts else None
        self.texts, self.options = texts, dict(given.get("options") or {})

    def is_behind(self, shared: Sequence[str]) -> bool:
        """The shared text was changed since this one got words of its own."""
        return bool(self.texts) and self.detached_from != mark(shared)


def mark(texts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
