"""What a program wants of a post: the way from the API and from files into one, as `drafting` is from the composer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from host import Card, Invalid, User, _, db
from plugins.publishing import telling
from plugins.publishing.connection import Connection
from plugins.publishing.drafting import require_author
from plugins.publishing.fixed import require_rest
from plugins.publishing.platform import Option, Platform
from plugins.publishing.platforms import platforms
from plugins.publishing.post import Post
from plugins.publishing.scheduling import WAITING, choose, retime, schedule
from plugins.publishing.sheet import plain
from plugins.publishing.states import State
from plugins.publishing.target import Target
from plugins.publishing.version import Version

Variants = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Change:
    """All of what a post is to be. `variants` are texts and options by network, `at` the time of a draft."""

    texts: Sequence[str]
    variants: Variants
    connections: Sequence[Connection]
    card: Card | None = None
    shared: bool = False
    at: datetime | None = None
    zone: str | None = None

    def draft(self, by: User) -> Post:
        """A new one. Raises Invalid for networks and options that there are not."""
        post = Post.draft(by, card=self.card)
        self._into(post, by, post.revision)
        return post

    def write(self, post: Post, by: User, revision: int) -> None:
        """What was scheduled stays so, if it can still go out as it is now and nobody else has to approve that. Raises
        Invalid, Overtaken, TooLate."""
        require_author(post, by)
        post.require(revision)
        Version.keep(post, by)
        moved = self.at != post.at
        if moved:
            require_rest(post)
        self._into(post, by, revision)
        for target in post.targets:
            if target.state in WAITING - {State.DRAFT}:
                retime(target, self._time_of(target, moved=moved), by)
        telling.show_post(post)

    def _time_of(self, target: Target, *, moved: bool) -> datetime:
        """Of one that is scheduled. Raises Invalid where the post would have none."""
        if moved:
            target.time(self.at)
        if target.due_at is None:
            raise Invalid({"at": [_("It is scheduled. Take it back before you take its time away.")]})
        return target.due_at

    def _into(self, post: Post, by: User, revision: int) -> None:
        texts, variants = [plain(text) for text in self.texts], checked(self.variants)
        if (texts, variants, self.card) != (post.texts, _variants_of(post), post.card):
            post.write(texts, variants, revision=revision, card=self.card)
        choose(post, self.connections)
        if by.id == post.author_id:
            post.shared = self.shared
        post.at, post.zone = self.at, self.zone
        for target in post.targets:
            if target.state is State.DRAFT:
                target.time(post.at)
        db.session.flush()


def schedule_for(post: Post, at: datetime | None, by: User, zone: str | None, own: Mapping[int, datetime]) -> list[str]:
    """As `schedule`, and whoever is to approve it sees it."""
    notes = schedule(post, at, by, zone=zone, own=own)
    telling.show_post(post)
    return list(notes)


def checked(variants: Variants) -> dict[str, dict[str, Any]]:
    """As they are kept: texts with plain line ends, only options that say something. Raises Invalid."""
    networks = platforms()
    if unknown := sorted(variants.keys() - networks.keys()):
        raise Invalid({"variants": [_("There is no network “%(name)s”.", name=name) for name in unknown]})
    kept = {}
    for name, given in sorted(variants.items()):
        texts = [plain(text) for text in given.get("texts") or ()]
        options = _options(networks[name], given.get("options") or {})
        if texts or options:
            kept[name] = {"texts": texts, "options": options}
    return kept


def _options(network: Platform, given: Mapping[str, str]) -> dict[str, str]:
    offered = {each.name: each for each in network.options}
    for name, value in given.items():
        if name not in offered or not _fits(offered[name], value):
            said = {"network": network.title, "option": name, "value": value}
            raise Invalid({"variants": [_("%(network)s has no option “%(option)s” of “%(value)s”.", **said)]})
    return {name: plain(value) for name, value in given.items() if value != offered[name].given}


def _fits(option: Option, value: str) -> bool:
    return not option.values or value in dict(option.values)


def _variants_of(post: Post) -> dict[str, dict[str, Any]]:
    return {each.platform: {"texts": each.texts, "options": each.options} for each in post.variants}
