"""Posts that come round again: each run is a copy with its own time, on the connections that can publish."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload
from werkzeug.datastructures import MultiDict

from host import Forbidden, Invalid, Place, User, _, db
from plugins.publishing import (
    ALIKE,
    Connection,
    Policy,
    Post,
    State,
    Target,
    alike,
    choose,
    clone,
    look_of,
    plain_text,
    said_lately,
    schedule_post,
)
from plugins.recurring.cautions import cautions
from plugins.recurring.destinations import OUT_OR_COMING, sorted_out
from plugins.recurring.recurrence import Fate, Gone, Made, NotNow, Order, Original, Recurrence
from plugins.recurring.wording import LINK, ORIGINAL, chosen, filled

MOST_CHOICES, MOST_VARIATIONS, LONGEST_EXCERPT = 50, 20, 200
PROMPT = timedelta(minutes=2)  # what comes so shortly after its time is not late
PARTS = re.compile(r"\n---\n")  # between those of a thread, as in a file of posts


class PostRecurrence(Recurrence):
    name, title, icon = "post", _("Post"), "send"
    given = MappingProxyType({"skip_resting": True})
    template = "recurring/_post_fields.html"

    def choices(self, person: User) -> Sequence[tuple[int, str]]:
        mine = select(Post).where(Post.author_id == person.id, Post.created_by_queue.is_(None))
        posts = db.session.scalars(mine.order_by(Post.updated_at.desc()).limit(MOST_CHOICES))
        return [(post.id, post.title or _("Without words")) for post in posts]

    def require(self, named: int, person: User) -> Original:
        post = Post.one_of(person, named)
        if not post.may_change(person):
            raise Forbidden(_("Only its author may have this post repeated."))
        return _shown(post)

    def original(self, original_id: int) -> Original | None:
        post = db.session.get(Post, original_id)
        return _shown(post) if post else None

    def originals(self, ids: Collection[int], reader: User) -> Mapping[int, Original]:
        mine = select(Post).where(Post.id.in_(ids), Post.seen_by(reader))
        return {post.id: _shown(post) for post in db.session.scalars(mine)}

    def beside(self, original_id: int, person: User) -> Mapping[str, Any]:
        post = Post.one_of(person, original_id)
        usable = Connection.known_to(person)
        standing = [each.connection for each in post.targets if each.connection not in usable]
        return {"post": post, "own": [each.connection_id for each in post.targets], "connections": [*usable, *standing]}

    def typed(self, form: MultiDict[str, str], original_id: int) -> dict[str, Any]:
        """Connections that are the post's own stay its own: where it goes is then decided there."""
        post = db.session.get(Post, original_id)
        chosen_ones = set(form.getlist("connection", type=int))
        follows = post is not None and chosen_ones == {each.connection_id for each in post.targets}
        return {
            "connections": None if follows else sorted(chosen_ones),
            "variations": [PARTS.split(plain_text(text)) for text in form.getlist("variation") if text.strip()],
            "shuffle": "shuffle" in form,
            "skip_resting": "skip_resting" in form,
        }

    def told(self, queue_id: int) -> str:
        """Index: ix_publishing_post_created_by_queue"""
        out = select(func.count(func.distinct(Target.post_id))).join(Target.post)
        out = out.where(Post.created_by_queue == queue_id, Target.state == State.PUBLISHED)
        return _("%(n)s published", n=db.session.scalar(out))

    def checked(self, options: Mapping[str, Any], original_id: int, person: User) -> dict[str, Any]:
        post = Post.one_of(person, original_id)
        wanted = options.get("connections")
        if wanted is not None:
            usable = {each.id for each in Connection.usable_by(person)} | {each.connection_id for each in post.targets}
            if not set(wanted) <= usable:
                raise Invalid({"connections": [_("One of these is not yours to use.")]})
        if not (post.targets if wanted is None else wanted):
            raise Invalid({"connections": [_("Choose where it goes.")]})
        variations = [texts for texts in options.get("variations", ()) if any(text.strip() for text in texts)]
        if len(variations) > MOST_VARIATIONS:
            raise Invalid({"variations": [_("At most %(n)s variations.", n=MOST_VARIATIONS)]})
        return {
            "connections": sorted(set(wanted)) if wanted is not None else None,
            "variations": [[plain_text(text) for text in texts] for texts in variations],
            "shuffle": bool(options.get("shuffle")),
            "skip_resting": bool(options.get("skip_resting")),
        }

    def make(self, order: Order) -> Made:
        post = db.session.get(Post, order.original_id)
        if post is None:
            raise Gone
        if not post.may_change(order.owner):
            raise NotNow(_("%(name)s may no longer have it repeated.", name=order.owner.name))
        if order.options.get("skip_resting") and post.card is not None and post.card.place is Place.NOT_NOW:
            raise NotNow(_("Its card is in Not now."), asks=False)
        where, notes = sorted_out(post, order)
        copy = clone(post, queue_id=order.queue_id)
        wording = chosen(order, post.texts, lambda texts: _is_stale(texts, where, copy.id))
        if not wording.fresh:
            notes.append(_("All its variations are much like what went out lately."))
        _say(copy, wording.texts, wording.version, order)
        choose(copy, where)
        notes += schedule_post(copy, _time(copy, order), order.owner, zone=str(order.zone))
        return Made(copy.id, " ".join(notes), wording.texts, wording.version, post.title)

    def fates(self, ids: Collection[int], reader: User) -> Mapping[int, Fate]:
        mine = select(Post).where(Post.id.in_(ids), Post.seen_by(reader))
        mine = mine.options(selectinload(Post.targets).joinedload(Target.connection))
        return {post.id: _fate(post) for post in db.session.scalars(mine)}

    def warnings(self, order: Order, every: float) -> Sequence[str]:
        post = db.session.get(Post, order.original_id)
        return list(cautions(post, order, every)) if post else ()

    def changed(self, original_id: int, said: Sequence[str]) -> bool:
        post = db.session.get(Post, original_id)
        return post is not None and list(post.texts) != list(said)


def _shown(post: Post) -> Original:
    words = " ".join(" ".join(post.texts).split())
    excerpt = words if len(words) <= LONGEST_EXCERPT else words[: LONGEST_EXCERPT - 1].rstrip() + "…"
    return Original(post.id, post.title, excerpt, f"/publishing/posts/{post.id}", post.texts)


def _is_stale(texts: Sequence[str], where: Sequence[Connection], but: int) -> bool:
    said = "\n".join(texts)
    return any(alike(said, before) >= ALIKE for before in said_lately([each.id for each in where], but))


def _say(copy: Post, texts: Sequence[str], version: int, order: Order) -> None:
    link = _last_link(order) if LINK in "".join([*texts, *_own_words(copy)]) else ""
    said = [filled(text, order, link) for text in texts]
    if version != ORIGINAL:
        for variant in copy.variants:
            variant.texts = []
    for variant in copy.variants:
        variant.texts = [filled(text, order, link) for text in variant.texts]
    if list(copy.texts) != said or version != ORIGINAL:
        copy.texts = said
        copy.changed()


def _own_words(post: Post) -> Iterable[str]:
    """On networks where it has such."""
    return (text for variant in post.variants for text in variant.texts)


def _last_link(order: Order) -> str:
    mine = (Post.created_by_queue == order.queue_id) | (Post.id == order.original_id)
    out = select(Target.url).join(Target.post).where(mine, Target.url.is_not(None))
    return db.session.scalars(out.order_by(Target.published_at.desc()).limit(1)).first() or ""


def _time(copy: Post, order: Order) -> datetime:
    """When the first of its targets goes out; one that is late keeps its distance from others on its connections."""
    begin = max((-each.offset_seconds for each in copy.targets), default=0)
    at = order.at + timedelta(seconds=max(begin, 0))
    if order.at - order.occurrence <= PROMPT:
        return at
    return _free(at, [each.connection_id for each in copy.targets], Policy.of(copy.account_id).gap)


def _free(at: datetime, connections: Sequence[int], gap: timedelta) -> datetime:
    """The first time from then on that is so far from all others on these connections."""
    near = select(Target.due_at).where(Target.connection_id.in_(connections), Target.state.in_(OUT_OR_COMING))
    taken = db.session.scalars(near.where(Target.due_at > at - gap).order_by(Target.due_at)).all()
    for other in taken:
        if other is not None and abs(other - at) < gap:
            at = other + gap
    return at


def _fate(post: Post) -> Fate:
    look = look_of(target.shown_state for target in post.targets)
    return Fate(look.words, look.icon, look.hue, f"/publishing/posts/{post.id}")
