"""Saying what a picture shows, for those who cannot see it."""

from host import User, db
from plugins.publishing import telling
from plugins.publishing.drafting import require_author
from plugins.publishing.medium import Medium
from plugins.publishing.sheet import plain


def describe(medium: Medium, alt: str, part: int, by: User) -> None:
    """And which part of the thread shows it; one that there is not means the last. Raises TooLate."""
    post, alt, part = medium.post, plain(alt), min(part, len(medium.post.texts) - 1)
    require_author(post, by)
    if (medium.alt, medium.part) == (alt, part):
        return
    for target in post.targets:
        target.require_still()
    medium.alt, medium.part = alt, part
    post.changed()
    telling.show_post(post)
    db.session.flush()
