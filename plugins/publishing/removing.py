"""Deleting a post that was never sent, and taking back an earlier version of its words."""

from host import User, db, gather
from plugins.publishing import picturing, telling
from plugins.publishing.drafting import require_author
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose
from plugins.publishing.version import Version


def delete(post: Post, by: User) -> None:
    """For good. Raises TooLate for one that is on its way or out."""
    require_author(post, by)
    files = {each.file for each in post.media}
    choose(post, [])
    telling.show_post(post)
    list(gather("post_deleted", post=post))
    db.session.delete(post)
    db.session.flush()
    for file in files:
        picturing.forget(file)


def take_back(post: Post, version: Version, by: User) -> None:
    """Say again what it said then; what it says now is kept. Raises TooLate."""
    require_author(post, by)
    Version.keep(post, by)
    content = version.content
    post.write(content["texts"], content.get("variants", {}), revision=post.revision, card=post.card)
    telling.show_post(post)
