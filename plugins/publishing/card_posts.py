"""On a card's page: its posts, each with how it stands, and the way to another."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from host import Card, CardPanel, User, _, db
from plugins.publishing.looks import Look, look_of
from plugins.publishing.post import Post, title_of
from plugins.publishing.states import State
from plugins.publishing.target import Target

SHOWN = 10  # the newest


def for_card(card: Card, reader: User) -> CardPanel:
    return CardPanel(_("Posts"), "publishing/card.html", {"card": card, "posts": _posts(card, reader)}, weight=20)


def _posts(card: Card, reader: User) -> Sequence[tuple[int, str, Look]]:
    """Id, title and look. Index: ix_publishing_post_card_id"""
    mine = select(Post.id, Post.texts).where(Post.card_id == card.id, Post.seen_by(reader))
    posts = db.session.execute(mine.order_by(Post.id.desc()).limit(SHOWN)).all()
    states: dict[int, list[State]] = defaultdict(list)
    found = select(Target.post_id, Target.state).where(Target.post_id.in_([post.id for post in posts]))
    for post_id, state in db.session.execute(found) if posts else ():
        states[post_id].append(state)
    return [(post.id, title_of(post.texts), look_of(states[post.id])) for post in posts]
