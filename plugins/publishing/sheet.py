"""What stands in the composer: as it is kept, or as somebody typed it and has not saved it yet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any

from werkzeug.datastructures import MultiDict

from host import Invalid, Moments, _, moment_of
from plugins.publishing.fixed import words_kept
from plugins.publishing.medium import LONGEST_ALT, Medium
from plugins.publishing.platform import Option, Picture, Platform
from plugins.publishing.platforms import platforms
from plugins.publishing.post import Post

SHARED = "all"  # the tab of the shared text
MINUTE = "%Y-%m-%dT%H:%M"  # as a field of type datetime-local sends it


@dataclass(frozen=True)
class Shot:
    """A picture of the post, with the alt text and the part of the thread that were typed."""

    id: int
    part: int
    picture: Picture


@dataclass(frozen=True)
class Sheet:
    """`own` are texts by network where they are not the shared ones, `times` the times as they were typed, by the
    connection's id; an empty one means the post's."""

    account_id: int
    texts: Sequence[str]
    own: Mapping[str, Sequence[str]] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    chosen: frozenset[int] = frozenset()
    at: str = ""
    times: Mapping[int, str] = field(default_factory=dict)
    shared: bool = False
    media: Sequence[Shot] = ()
    tab: str = SHARED

    @classmethod
    def of(cls, post: Post, zone: tzinfo) -> "Sheet":
        """As it is kept, by the clocks of this zone."""
        return cls(
            account_id=post.account_id,
            texts=post.texts,
            own={each.platform: each.texts for each in post.variants if each.texts},
            options={each.platform: each.options for each in post.variants},
            chosen=frozenset(each.connection_id for each in post.targets if each.state != "cancelled"),
            at=wall(post.at, zone),
            times={each.connection_id: wall(each.own_at, zone) for each in post.targets},
            shared=post.shared,
            media=[Shot(each.id, each.part, each.picture) for each in post.media],
        )

    @classmethod
    def typed(cls, post: Post, form: MultiDict[str, str]) -> "Sheet":
        """As it was sent."""
        networks = platforms()
        named = {*networks, *(each.platform for each in post.variants)} & set(form.getlist("own"))
        shared = _texts(form, "text") or [""]
        own = {name: texts for name in sorted(named) if (texts := _texts(form, f"text-{name}"))}
        return cls(
            account_id=post.account_id,
            texts=shared,
            own={**words_kept(post, shared), **own},
            options={name: _options(form, network, post) for name, network in networks.items()},
            chosen=frozenset(form.getlist("connection", type=int)),
            at=form.get("at", ""),
            times={int(key[3:]): _own_time(form, key[3:]) for key in form if re.fullmatch(r"at-[0-9]{1,18}", key)},
            shared="shared" in form,
            media=[_shot(each, form) for each in post.media],
            tab=form.get("tab", SHARED),
        )

    def texts_for(self, platform: str) -> Sequence[str]:
        return self.own.get(platform) or self.texts

    def options_for(self, platform: str) -> Mapping[str, str]:
        return self.options.get(platform, {})

    @property
    def variants(self) -> Mapping[str, Mapping[str, Any]]:
        """As a post is written: only of networks that have something of their own."""
        names = sorted({*self.own, *(name for name, chosen in self.options.items() if chosen)})
        return {name: {"texts": list(self.own.get(name, ())), "options": self.options_for(name)} for name in names}

    def says_what(self, post: Post) -> bool:
        """Whether it is what the post says already."""
        kept = {each.platform: {"texts": each.texts, "options": each.options} for each in post.variants}
        return list(self.texts) == post.texts and self.variants == kept

    def time_of_post(self, zone: tzinfo) -> Moments | None:
        return moment(self.at, "at", zone)

    def own_times(self, zone: tzinfo) -> Mapping[int, Moments]:
        """By the connection's id. Raises Invalid by the fields' names."""
        typed = {key: text for key, text in self.times.items() if key in self.chosen}
        meant = {key: moment(text, f"connection-{key}", zone) for key, text in typed.items()}
        return {key: each for key, each in meant.items() if each}

    def detached(self, platform: str) -> "Sheet":
        """With a text of its own for that network, which begins as the shared one."""
        if platform not in self.options:
            return self
        return replace(self, own={**self.own, platform: list(self.texts_for(platform))}, tab=platform)

    def attached(self, platform: str) -> "Sheet":
        return replace(self, own={name: texts for name, texts in self.own.items() if name != platform}, tab=platform)

    def longer(self, tab: str) -> "Sheet":
        """With one part more."""
        return self._with(tab, [*self._parts(tab), ""])

    def shorter(self, tab: str, number: int) -> "Sheet":
        """Without that part; one is always left. The pictures of later parts move up with them, and its own to the one
        before it."""
        parts = [text for place, text in enumerate(self._parts(tab)) if place != number]
        if tab != SHARED:
            return self._with(tab, parts or [""])
        media = [replace(each, part=each.part - (each.part >= max(number, 1))) for each in self.media]
        return replace(self._with(tab, parts or [""]), media=media)

    def _parts(self, tab: str) -> Sequence[str]:
        return self.texts if tab == SHARED else self.texts_for(tab)

    def _with(self, tab: str, texts: Sequence[str]) -> "Sheet":
        if tab == SHARED:
            return replace(self, texts=texts, tab=tab)
        if tab not in self.own:
            return self
        return replace(self, own={**self.own, tab: texts}, tab=tab)


def wall(at: datetime | None, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime(MINUTE) if at else ""


def moment(text: str, field: str, zone: tzinfo) -> Moments | None:
    """What was typed into the field; None for nothing. Raises Invalid."""
    if not text:
        return None
    try:
        return moment_of(datetime.fromisoformat(text).replace(tzinfo=None), zone)
    except (ValueError, OverflowError) as error:
        raise Invalid({field: [_("Choose a day and a time.")]}) from error


def note_of(text: str, zone: tzinfo) -> str:
    """Of an hour that is skipped that day, or comes twice; empty for any other, and for what is no time."""
    try:
        found = moment(text, "at", zone)
    except Invalid:
        return ""
    return found.note if found else ""


def plain(text: str) -> str:
    """Lines end in one way; no database takes a NUL, and no page half of a pair."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return lines.encode(errors="ignore").decode()


def _texts(form: MultiDict[str, str], name: str) -> list[str]:
    return [plain(text) for text in form.getlist(name)]


def _options(form: MultiDict[str, str], network: Platform, post: Post) -> Mapping[str, str]:
    """What was chosen and is not what holds anyway. A network without a tab was asked nothing: what is kept stays."""
    sent = {
        each.name: plain(form[field])
        for each in network.options
        if (field := f"option-{network.name}-{each.name}") in form
    }
    if not sent:
        return post.options_for(network.name)
    known = {each.name: each for each in network.options}
    return {name: value for name, value in sent.items() if _is_choice(known[name], value)}


def _is_choice(option: Option, value: str) -> bool:
    known = not option.values or value in dict(option.values)
    return known and value != option.given


def _own_time(form: MultiDict[str, str], id: str) -> str:  # noqa: A002
    """Empty where it was left as it was shown: then it goes on following the post's."""
    typed = form[f"at-{id}"]
    return "" if typed == form.get(f"follows-{id}") else typed


def _shot(medium: Medium, form: MultiDict[str, str]) -> Shot:
    alt = plain(form.get(f"alt-{medium.id}", medium.alt))[:LONGEST_ALT]
    return Shot(medium.id, form.get(f"part-{medium.id}", medium.part, type=int), replace(medium.picture, alt=alt))
