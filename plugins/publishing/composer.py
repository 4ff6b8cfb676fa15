"""The composer: all that the page of a post shows, from what is kept or from what was typed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from werkzeug.utils import cached_property

from host import Card, CardPanel, User, now
from plugins.publishing import similar
from plugins.publishing.connection import Connection
from plugins.publishing.glyph import glyph_of
from plugins.publishing.looks import Look, look_of
from plugins.publishing.medium import Medium
from plugins.publishing.platform import Platform
from plugins.publishing.platforms import platforms
from plugins.publishing.policy import Policy
from plugins.publishing.post import Post, title_of
from plugins.publishing.post_panels import panels
from plugins.publishing.row import Row
from plugins.publishing.scheduling import WAITING
from plugins.publishing.sheet import SHARED, Sheet, note_of
from plugins.publishing.states import State
from plugins.publishing.tab import Tab
from plugins.publishing.target import Target
from plugins.publishing.version import Version

Errors = Mapping[str, Sequence[str]]


class Composer:
    """`errors` by the names of fields; `theirs` is what somebody else saved meanwhile, if that is why it is refused."""

    def __init__(
        self, post: Post, person: User, sheet: Sheet | None = None, *, errors: Errors | None = None,
        theirs: Sheet | None = None,
    ) -> None:  # fmt: skip
        self.post, self.person = post, person
        self.sheet = sheet or Sheet.of(post, person.timezone)
        self.errors, self.theirs = errors or {}, theirs

    @property
    def title(self) -> str:
        return title_of(self.sheet.texts)

    @property
    def card(self) -> Card | None:
        return self.post.card

    @property
    def look(self) -> Look:
        return look_of(target.shown_state for target in self.post.targets)

    @property
    def is_draft(self) -> bool:
        """Nothing of it has ever been scheduled, or all was taken back to a draft."""
        return all(target.state in (State.DRAFT, State.CANCELLED) for target in self.post.targets)

    @property
    def waits(self) -> bool:
        """Some of it goes out by itself, sooner or later."""
        return any(target.state in WAITING and target.state is not State.DRAFT for target in self.post.targets)

    @property
    def locked(self) -> bool:
        """Its words cannot be changed: all of it is on its way or out."""
        targets = self.post.targets
        return bool(targets) and all(target.is_fixed for target in targets)

    @property
    def may_change(self) -> bool:
        return self.post.may_change(self.person)

    @property
    def may_write(self) -> bool:
        return self.may_change and not self.locked

    @property
    def is_whole(self) -> bool:
        """Nothing of it is on its way or out, so its pictures may change, too, and all of it may go."""
        return not self._fixed

    @property
    def may_approve(self) -> bool:
        return self.person.is_admin and any(target.state is State.NEEDS_APPROVAL for target in self.post.targets)

    @property
    def shares(self) -> bool:
        """Whether sharing it is this person's to decide."""
        return self.person.id == self.post.author_id

    @cached_property
    def connections(self) -> Sequence[Connection]:
        """What it may go out on, and what it already goes out on."""
        usable = Connection.known_to(self.person) if self.may_change else []
        standing = [target.connection for target in self.post.targets if target.connection not in usable]
        return [*usable, *standing]

    @cached_property
    def chosen(self) -> Sequence[Connection]:
        return [each for each in self.connections if each.id in self.sheet.chosen]

    @cached_property
    def tabs(self) -> Sequence[Tab]:
        """A network has one when the post goes there, or has its own words for it."""
        by_network = {each.platform: each for each in reversed(self.chosen)}
        names = [name for name in self._networks if name in by_network or name in self.sheet.own]
        return [self._tab(self._networks[name], by_network.get(name)) for name in names]

    @property
    def tab(self) -> str:
        """The one that is open."""
        return self.sheet.tab if self.sheet.tab in {tab.network.name for tab in self.tabs} else SHARED

    @cached_property
    def rows(self) -> Sequence[Row]:
        targets = {target.connection_id: target for target in self.post.targets}
        return [self._row(each, targets.get(each.id)) for each in self.connections]

    @property
    def questions(self) -> Sequence[Target]:
        """Which of them nobody but a person can answer."""
        return [each for each in self.post.targets if each.state is State.UNCONFIRMED and each.asks]

    @property
    def failures(self) -> Sequence[Target]:
        return [each for each in self.post.targets if each.state is State.FAILED]

    @property
    def missed(self) -> Sequence[Target]:
        return [each for each in self.post.targets if each.state is State.MISSED]

    @property
    def held(self) -> Sequence[Target]:
        return [each for each in self.post.targets if each.shown_state is State.HELD]

    @cached_property
    def warnings(self) -> Sequence[str]:
        """Where it would go has seen nearly the same."""
        return similar.warnings(self.sheet, self.post.id, self.chosen)

    @cached_property
    def pictures(self) -> Sequence[tuple[Medium, str, int]]:
        """With the alt text and the part that were typed."""
        media = {each.id: each for each in self.post.media}
        return [(media[each.id], each.picture.alt, each.part) for each in self.sheet.media if each.id in media]

    @property
    def picture_limits(self) -> Sequence[tuple[Platform, int]]:
        """What each network takes of them: how many, and megabytes each."""
        return [(tab.network, tab.network.picture_bytes // 1_000_000) for tab in self.tabs]

    @property
    def most_pictures(self) -> int:
        return min((tab.network.most_pictures for tab in self.tabs), default=0)

    @property
    def needs_alt(self) -> bool:
        return Policy.of(self.post.account_id).alt_text

    @cached_property
    def versions(self) -> Sequence[Version]:
        return Version.of(self.post)

    @cached_property
    def panels(self) -> Sequence[CardPanel]:
        """Of other plugins."""
        return panels(self.post, self.person)

    @property
    def at_note(self) -> str:
        """Of an hour that is skipped or comes twice."""
        return note_of(self.sheet.at, self.person.timezone)

    @property
    def sent_at(self) -> Mapping[int, datetime]:
        """By the target: when what is in question was first sent."""
        return {each.id: _sent_at(each) for each in self.questions}

    @cached_property
    def _networks(self) -> Mapping[str, Platform]:
        return platforms()

    @cached_property
    def _fixed(self) -> Collection[str]:
        """The networks on which it is on its way or out."""
        return {target.platform for target in self.post.targets if target.is_fixed}

    def _tab(self, network: Platform, connection: Connection | None) -> Tab:
        name, sheet = network.name, self.sheet
        if name not in self._fixed:
            return Tab(network, connection, sheet, self._behind(name))
        went, typed = list(self.post.texts_for(name)), sheet.own.get(name)
        shown = sheet if typed is None else replace(sheet, own={**sheet.own, name: went})
        return Tab(network, connection, shown, fixed=True, late=() if typed in (None, went) else tuple(typed))

    def _behind(self, name: str) -> bool:
        variant = self.post.variant(name)
        kept = variant is not None and list(self.sheet.own.get(name, ())) == variant.texts
        return kept and variant is not None and variant.is_behind(self.sheet.texts)

    def _row(self, connection: Connection, target: Target | None) -> Row:
        errors = self.errors.get(f"connection-{connection.id}", ())
        chosen = connection.id in self.sheet.chosen
        glyph = glyph_of(connection.platform, self._networks)
        own = self.sheet.times.get(connection.id, "")
        note = note_of(own, self.person.timezone)
        return Row(connection, target, glyph, chosen, own, self.sheet.at, errors, note)


def _sent_at(target: Target) -> datetime:
    attempts: list[Any] = [attempt for part in target.parts for attempt in part.attempts]
    return attempts[-1].sent_at if attempts else target.due_at or now()
