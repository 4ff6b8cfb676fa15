"""A copy of a post: a new thing, with its words, pictures and targets, and with none of its history."""

from host import Card, Forbidden, NotFound, User, db
from plugins.publishing.medium import Medium
from plugins.publishing.post import Post
from plugins.publishing.target import Target
from plugins.publishing.variant import Variant


def clone(post: Post, by: User | None = None, *, queue_id: int | None = None) -> Post:
    """A draft, its author's or another's. Its targets keep their distance from the post's time; those whose connection
    is gone stay behind, and those whose connection is not theirs to use: a copy may say anything."""
    copy = Post(
        account_id=post.account_id,
        author_id=by.id if by else post.author_id,
        texts=list(post.texts),
        card=_card_of(post, by),
        zone=post.zone,
        shared=post.shared,
        created_by_queue=queue_id,
        cloned_from=post.id,
    )
    copy.variants = [_variant(each) for each in post.variants]
    copy.media = [_medium(each) for each in post.media]
    copy.targets = [_target(each) for each in post.targets if _comes_along(each, by)]
    db.session.add(copy)
    db.session.flush()
    if post.approved_hash == copy.content_hash:
        copy.approved_hash, copy.approved_by_id, copy.approved_at = (
            post.approved_hash,
            post.approved_by_id,
            post.approved_at,
        )
    return copy


def _variant(given: Variant) -> Variant:
    return Variant(platform=given.platform, texts=given.texts, options=given.options, detached_from=given.detached_from)


def _medium(given: Medium) -> Medium:
    return Medium(file_id=given.file_id, part=given.part, position=given.position, alt=given.alt)


def _card_of(post: Post, by: User | None) -> Card | None:
    """None for one that they may not know of, or that lies in the archive: a copy writes into its card's story."""
    if by is None or post.card is None:
        return post.card
    try:
        return by.card(post.card.number)
    except (NotFound, Forbidden):
        return None


def _comes_along(target: Target, by: User | None) -> bool:
    return target.connection.removed_at is None and (by is None or target.connection.is_for(by))


def _target(given: Target) -> Target:
    offset = given.offset_seconds
    if given.own_at is not None and given.post.at is not None:
        offset = int((given.own_at - given.post.at).total_seconds())
    return Target(account_id=given.account_id, connection=given.connection, offset_seconds=offset)
