"""Keeping what somebody typed into a composer: the one way from there into a post."""

import re
from collections.abc import Sequence
from datetime import timedelta, tzinfo

from sqlalchemy import select

from host import Card, Forbidden, Invalid, User, _, db, now
from plugins.publishing import telling
from plugins.publishing.connection import Connection
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, publish_now, schedule, unschedule, want_again
from plugins.publishing.sheet import Sheet
from plugins.publishing.states import State
from plugins.publishing.version import Version

CALM = timedelta(minutes=10)  # what is kept by itself makes a version so often


def keep_draft(post: Post, sheet: Sheet, by: User, *, revision: int) -> None:
    """As a draft, with its times; what was scheduled is taken back. Raises Invalid, Overtaken, TooLate."""
    Version.keep(post, by)
    _write(post, sheet, by, revision)
    unschedule(post)
    _pencil(post, sheet, by.timezone)


def keep_meanwhile(post: Post, sheet: Sheet, by: User, *, revision: int) -> None:
    """The same while it is typed; for drafts only."""
    latest = select(Version.at).filter_by(post_id=post.id).order_by(Version.id.desc()).limit(1)
    last = db.session.scalar(latest)
    if last is None or now() - last > CALM:
        Version.keep(post, by)
    _write(post, sheet, by, revision)
    _pencil(post, sheet, by.timezone)


def keep_and_schedule(post: Post, sheet: Sheet, by: User, *, revision: int) -> None:
    """Raises Invalid by fields, Overtaken, TooLate."""
    at, own = sheet.time_of_post(by.timezone), sheet.own_times(by.timezone)
    Version.keep(post, by)
    _write(post, sheet, by, revision)
    schedule(post, at.at if at else None, by, zone=by.zone, own={key: each.at for key, each in own.items()})


def keep_and_publish(post: Post, sheet: Sheet, by: User, *, revision: int) -> None:
    """On all its connections, now."""
    Version.keep(post, by)
    _write(post, sheet, by, revision)
    publish_now(post, by)


def require_author(post: Post, person: User) -> None:
    if not post.may_change(person):
        raise Forbidden(_("Only its author may change this post."))


def card_by_number(person: User, number: str) -> Card | None:
    """None for none. Raises NotFound."""
    return person.card(int(number)) if re.fullmatch(r"[0-9]{1,18}", number) else None


def _write(post: Post, sheet: Sheet, by: User, revision: int) -> None:
    require_author(post, by)
    if sheet.says_what(post):
        post.require(revision)
    else:
        post.write(sheet.texts, sheet.variants, revision=revision, card=post.card)
    _describe(post, sheet)
    choose(post, _connections(post, sheet, by))
    want_again(post)  # a sheet names what was taken back only where somebody chose it anew
    if by.id == post.author_id:
        post.shared = sheet.shared
    telling.show_post(post)


def _describe(post: Post, sheet: Sheet) -> None:
    media = {each.id: each for each in post.media}
    changed, is_fixed = False, any(target.is_fixed for target in post.targets)
    for shot in sheet.media:
        medium, part = media[shot.id], min(max(shot.part, 0), len(sheet.texts) - 1)
        if is_fixed and shot.part == medium.part:
            part = medium.part  # a longer thread that is out shows it there; a shorter one with its last part
        if (medium.alt, medium.part) != (shot.picture.alt, part):
            medium.alt, medium.part, changed = shot.picture.alt, part, True
    if changed:
        for target in post.targets:
            target.require_still()
        post.changed()


def _connections(post: Post, sheet: Sheet, by: User) -> Sequence[Connection]:
    """Those that were chosen; what goes through somebody else's connection already may stay there."""
    known = {each.id: each for each in Connection.usable_by(by)}
    known |= {each.connection_id: each.connection for each in post.targets}
    if not sheet.chosen <= known.keys():
        raise Invalid({"connections": [_("One of these is not yours to use.")]})
    return [known[each] for each in sorted(sheet.chosen)]


def _pencil(post: Post, sheet: Sheet, zone: tzinfo) -> None:
    """Times that nothing goes out at yet."""
    at, own = sheet.time_of_post(zone), sheet.own_times(zone)
    post.at = at.at if at else None
    for target in post.targets:
        if target.state is State.DRAFT:
            target.own_at = own[target.connection_id].at if target.connection_id in own else None
            target.time(post.at)
