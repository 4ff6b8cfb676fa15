"""Taking an approval back."""

from host import db
from plugins.publishing import telling
from plugins.publishing.planning import unplan
from plugins.publishing.post import Post
from plugins.publishing.states import State


def withdraw(post: Post) -> None:
    """What waits for its time waits for another's word again. One that nobody approved stays as it is. Raises TooLate
    for what is on its way."""
    if post.approved_hash is None:
        return
    post.approved_hash = post.approved_by = post.approved_at = None
    for target in post.targets:
        if target.move([State.SCHEDULED, State.HELD], State.NEEDS_APPROVAL):
            unplan(target)
        elif target.state is not State.PUBLISHED:
            target.require_still()
    db.session.flush()
    telling.show_post(post)
