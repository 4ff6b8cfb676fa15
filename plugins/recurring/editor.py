"""The form of a queue: all that it shows, from what is kept or from what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.utils import cached_property

from host import Fault, User, _, local_time, zone_names
from plugins.recurring.effect import Effect, effect
from plugins.recurring.kinds import kinds
from plugins.recurring.queue import Mode, Queue
from plugins.recurring.recurrence import Original, Recurrence
from plugins.recurring.rhythm import Unit
from plugins.recurring.sheet import WEEKS, Sheet

Errors = Mapping[str, Sequence[str]]
SPARE = 2  # empty fields for days that are left out
MORE = frozenset({"zone", "end_date", "skip_dates", "mode", "grace_hours", "variations"})  # fields that are folded away


@dataclass(frozen=True)
class Part:
    """What a kind draws of the form; another plugin's fault stays its own."""

    template: str
    context: Mapping[str, Any]
    plugin: str


class Editor:
    """`queue` is the one that is changed, or None for a new one; `fault` is why it was not kept."""

    def __init__(self, person: User, sheet: Sheet, *, queue: Queue | None = None, fault: Fault | None = None) -> None:
        self.person, self.sheet, self.queue = person, sheet, queue
        self.fault = fault

    @property
    def errors(self) -> Errors:
        """By the names of fields; what belongs to none is said beside what is repeated."""
        found: Errors = getattr(self.fault, "errors", None) or {}
        return found if found or self.fault is None else {"what": [self.fault.message]}

    @classmethod
    def new(cls, person: User, what: str = "") -> "Editor":
        """Of what the address names, else of the first that they might repeat."""
        editor = cls(person, Sheet.new(what, person))
        first = next((values[0][0] for _title, values in editor.whats if values), "")
        return cls(person, replace(editor.sheet, what=what or first)).as_given()

    @classmethod
    def of(cls, person: User, queue: Queue) -> "Editor":
        return cls(person, Sheet.of(queue), queue=queue)

    def typed(self, form: MultiDict[str, str]) -> "Editor":
        """With what was sent. Another original than the form was drawn for begins with the options of its kind, and
        options that nobody was asked for stay."""
        editor = Editor(self.person, self.sheet.typed(form), queue=self.queue)
        if form.get("drawn_for", editor.sheet.what) != editor.sheet.what:
            return editor.as_given()
        if editor.kind is None or editor.original is None or editor.part is None:
            return editor
        try:
            return editor.with_options(editor.kind.typed(form, editor.original.id))
        except Fault as fault:
            return editor.refused(fault)

    def refused(self, fault: Fault) -> "Editor":
        """With why it was not kept."""
        return Editor(self.person, self.sheet, queue=self.queue, fault=fault)

    def as_given(self) -> "Editor":
        return self.with_options(self.kind.given if self.kind else {})

    def with_options(self, options: Mapping[str, Any]) -> "Editor":
        return Editor(self.person, replace(self.sheet, options=options), queue=self.queue)

    @cached_property
    def kind(self) -> Recurrence | None:
        return self._kinds.get(self.sheet.kind)

    @cached_property
    def original(self) -> Original | None:
        """None where there is none, or it is not theirs to repeat."""
        if self.kind is None:
            return None
        if self.queue is not None:
            return self.kind.original(self.queue.original_id)
        try:
            return self.kind.require(self.sheet.named, self.person)
        except Fault:
            return None

    @cached_property
    def whats(self) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
        """What they may choose from, by the kind's title; what the address names is among it."""
        return [(kind.title, self._choices(kind)) for kind in self._kinds.values()]

    @cached_property
    def part(self) -> Part | None:
        """The kind's own fields."""
        if self.kind is None or self.original is None or not self.kind.template:
            return None
        try:
            beside = self.kind.beside(self.original.id, self.person)
        except Fault:  # a queue that is shared may repeat what is not
            return None
        context = {"options": self.sheet.options, "errors": self.errors, **beside}
        return Part(self.kind.template, context, self.kind.name.rpartition(".")[0])

    @cached_property
    def effect(self) -> Effect:
        return effect(self.sheet, self.person, self.queue)

    @property
    def units(self) -> Sequence[tuple[str, str]]:
        return [(Unit.DAYS, _("days")), (WEEKS, _("weeks")), (Unit.MONTHS, _("months"))]

    @property
    def modes(self) -> Sequence[tuple[str, str]]:
        return [
            (Mode.FIXED, _("It keeps to its days")),
            (Mode.ROLLING, _("It counts from that run")),
        ]

    @property
    def zones(self) -> Sequence[tuple[str, str]]:
        names = zone_names()
        odd = [] if self.sheet.zone in names else [self.sheet.zone]
        return [(name, name.replace("_", " ")) for name in (*odd, *names)]

    @property
    def guesses_zone(self) -> bool:
        """Nobody has said in which they live: the browser may know better than we do."""
        return self.queue is None and self.person.zone is None

    @property
    def elsewhere(self) -> str:
        """The zone, where its clocks show another time than its owner's."""
        runs = self.effect.runs
        same = all(run.local.utcoffset() == local_time(run.at).utcoffset() for run in runs)
        return "" if same else self.sheet.zone.replace("_", " ")

    @property
    def skipped(self) -> Sequence[str]:
        """The days that are left out, and some room for more."""
        return [*self.sheet.skip_dates, *[""] * SPARE]

    @property
    def unfolded(self) -> bool:
        """Whether something that is folded away wants to be seen."""
        return bool(MORE & set(self.errors))

    def _choices(self, kind: Recurrence) -> Sequence[tuple[str, str]]:
        found = [(f"{kind.name}:{named}", title) for named, title in kind.choices(self.person)]
        here, original = self.sheet.what, self.original if kind is self.kind else None
        if original is not None and here not in dict(found):
            found.insert(0, (here, original.title))
        return found

    @cached_property
    def _kinds(self) -> Mapping[str, Recurrence]:
        return kinds()
