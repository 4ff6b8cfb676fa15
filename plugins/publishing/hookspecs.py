"""The hooks that publishing offers to other plugins, which name `publishing` in their `requires`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from host import hookspec

if TYPE_CHECKING:
    from datetime import datetime

    from host import CardPanel, User
    from plugins.publishing.ghost import Ghost
    from plugins.publishing.platform import Platform
    from plugins.publishing.post import Post
    from plugins.publishing.target import Target


@hookspec
def register_platforms() -> "Sequence[Platform]":  # type: ignore[empty-body]
    """Networks to publish on. Another plugin's are known by its name and theirs, as in `pigeons.loft`, so two never
    collide.

    When: while a page of posts is made, and in the jobs that publish. What asks the network is called in a job, outside
    of any transaction.
    On error: its networks are missing, their posts wait, and the traceback is kept under Settings, Plugins. What `send`
    raises counts as unknown: nobody can tell how far it got, so the post is looked for before it is sent again.
    """


@hookspec
def target_settled(target: "Target") -> None:
    """A target came to rest, for now: published, failed, missed, or a person has to say whether it is out.

    When: in the transaction of the change, in a savepoint.
    On error: what the plugin wrote is undone, the post stays as it is, and the traceback is kept under Settings,
    Plugins.
    """


@hookspec
def post_deleted(post: "Post") -> None:
    """A post is being deleted; its row is still there.

    When: in the transaction of the change, in a savepoint.
    On error: as for `target_settled`.
    """


@hookspec
def calendar_ghosts(person: "User", begin: "datetime", end: "datetime") -> "Sequence[Ghost]":  # type: ignore[empty-body]
    """Posts that are to come and are not there yet, for the calendar of this person: from `begin` to before `end`.

    When: while the calendar is drawn.
    On error: they are missing, and the traceback is kept under Settings, Plugins.
    """


@hookspec
def post_panel(post: "Post", reader: "User") -> "CardPanel | None":
    """A part of a post's page, in its side column. Its template is drawn with `post` and the panel's own context.

    When: while the page of a post that is kept is drawn.
    On error: the part is missing, and the traceback is kept under Settings, Plugins.
    """
