"""Whoever ought to know of a target's state: open pages, its author, the card that it hangs on."""

from host import User, _, gather, notice_kind, notify, publish_live
from plugins.publishing import history
from plugins.publishing.connection import TOPIC, Connection
from plugins.publishing.post import Post
from plugins.publishing.states import State
from plugins.publishing.target import Target

PUBLISHED = notice_kind("publishing.published", title=_("A post of yours is out"))
TROUBLE = notice_kind("publishing.trouble", title=_("A post of yours is not out, or may not be"))
HELD = notice_kind("publishing.held", title=_("A connection of yours cannot publish"))
CONNECTIONS = "/publishing/connections"


def tell(target: Target) -> None:
    """In the transaction of the change."""
    show(target)
    people = [target.post.author] if target.post.author else []
    said = _said(target)
    if said is None:
        return
    history.note(target)
    list(gather("target_settled", target=target))
    notify(
        people, PUBLISHED if target.state is State.PUBLISHED else TROUBLE, said, address_of(target), target.post.card
    )


def show(target: Target) -> None:
    show_post(target.post)


def show_post(post: Post) -> None:
    """On open pages of those who may see it."""
    people = None if post.shared else [post.author_id] if post.author_id else []
    publish_live(f"post {post.id}", account_id=post.account_id, to=people)
    publish_live("posts", account_id=post.account_id, to=people)


def tell_of_connection(connection: Connection) -> None:
    """Once, when it begins to hold its posts."""
    people: list[User] = [connection.owner] if connection.owner else []
    text = _("%(handle)s cannot publish: %(why)s Its posts wait.", handle=connection.handle, why=connection.held_why)
    notify(people, HELD, text, CONNECTIONS)
    publish_live(TOPIC, account_id=connection.account_id)


def tell_of_disconnecting(connection: Connection, by: User) -> None:
    """Whose connection it is hears that somebody else has done it."""
    if connection.owner is not None and connection.owner_id != by.id:
        text = _("%(name)s has disconnected %(handle)s. Its posts wait.", name=by.name, handle=connection.handle)
        notify([connection.owner], HELD, text, CONNECTIONS)


def address_of(target: Target) -> str:
    return f"/publishing/posts/{target.post_id}"


def _said(target: Target) -> str | None:
    """None for what is no news: it waits, or will be looked at again."""
    told = {"title": target.post.title, "handle": target.connection.handle, "why": target.why or ""}
    if target.state is State.PUBLISHED:
        return _("“%(title)s” is out on %(handle)s.", **told)
    if target.state is State.FAILED:
        return _("“%(title)s” is not out on %(handle)s: %(why)s", **told)
    if target.state is State.MISSED:
        return _("“%(title)s” missed its time on %(handle)s. %(why)s", **told)
    if target.state is State.UNCONFIRMED and target.asks:
        return _("Is “%(title)s” on %(handle)s? %(why)s", **told)
    return None
