"""Warnings that the same was said before: networks hide or refuse what repeats itself (a warning, never a bar)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from host import _, db, now
from plugins.publishing.connection import Connection
from plugins.publishing.content import Said
from plugins.publishing.links import LINK
from plugins.publishing.post import Post
from plugins.publishing.states import State
from plugins.publishing.target import Target

NEAR = timedelta(days=30)
ALIKE = 0.9  # of all trigrams of both
MOST = 200  # targets that are looked at, the latest
UNUSED = (State.DRAFT, State.CANCELLED)
ONCE = "x"  # the network that forbids the same text on several accounts (its automation rules)


def warnings(said: Said, post_id: int, connections: Sequence[Connection]) -> Sequence[str]:
    found = [*_repeats(said, post_id, connections), *_twice(connections)]
    return list(dict.fromkeys(found))


def said_lately(connections: Collection[int], but: int) -> Sequence[str]:
    """What posts but this one said there within thirty days, or will."""
    return ["\n".join(target.post.texts_for(target.platform)) for target in _recent(connections, but)]


def alike(one: str, other: str) -> float:
    """From 0 to 1: how many of the trigrams of both are in each. What differs only in links, case, signs or blanks is
    the same."""
    mine, theirs = _trigrams(one), _trigrams(other)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def _repeats(said: Said, post_id: int, connections: Sequence[Connection]) -> Iterable[str]:
    texts = {each.platform: "\n".join(said.texts_for(each.platform)) for each in connections}
    for target in _recent({each.id for each in connections}, post_id):
        before = "\n".join(target.post.texts_for(target.platform))
        if alike(texts[target.platform], before) >= ALIKE:
            day = f"{target.due_at:%d %B}" if target.due_at else ""
            yield _("Nearly the same goes to %(handle)s on %(day)s.", handle=target.connection.handle, day=day)


def _recent(connections: Collection[int], but: int) -> Sequence[Target]:
    """What went there within thirty days, or will. Index: ix_publishing_target_connection_id_due_at"""
    near = select(Target).join(Target.post).join(Target.connection)
    near = near.where(Target.connection_id.in_(connections), Target.post_id != but, Target.state.not_in(UNUSED))
    near = near.where(Target.due_at >= now() - NEAR, Target.due_at <= now() + NEAR)
    whole = (contains_eager(Target.post).selectinload(Post.variants), contains_eager(Target.connection))
    return db.session.scalars(near.options(*whole).order_by(Target.due_at.desc()).limit(MOST)).all()


def _twice(connections: Sequence[Connection]) -> Iterable[str]:
    if sum(each.platform == ONCE for each in connections) > 1:
        yield _("X forbids the same text on several accounts. Give one of them a post of its own.")


def _trigrams(text: str) -> set[str]:
    plain = "".join(sign if sign.isalnum() else " " for sign in LINK.sub(" ", text).casefold())
    padded = f"  {' '.join(plain.split())} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)} if plain.strip() else set()
