"""A card's checklist; steps are no activity."""

from host.db import db
from host.errors import Invalid, NotFound
from host.i18n import _
from host.models.card.trait import Trait
from host.models.held import held
from host.models.step import Step
from host.models.typed import line
from host.models.user import User

LONGEST_STEP = 1000


class Stepped(Trait):
    @property
    def steps_done(self) -> int:
        return sum(step.done for step in self.steps)

    def add_step(self, text: str, *, done: bool = False, by: User | None = None) -> Step:
        """Add a line to the checklist; whom it names (`@ada`) is given the card by `by`, unless they have it. Raises
        Invalid for an empty or very long one."""
        step = Step(text=checked_step(text), position=self.steps[-1].position + 1 if self.steps else 0)
        step.tick(done=done)
        self.steps.append(step)
        db.session.flush()
        self._give_to_named(step, by)
        return step

    def reword_step(self, step: Step, text: str, by: User) -> None:
        """Say the step in other words; people whom they name are given the card, and nobody is it taken from. Raises
        Invalid as `add_step` does."""
        step.text = checked_step(text)
        self._give_to_named(step, by)

    def move_step(self, step: Step, to: int) -> None:
        """Put the step where the one at this index lies, counted from 0; beyond the ends is at the end."""
        order = [each for each in self.steps if each is not step]
        order.insert(max(0, min(to, len(order))), step)
        for position, each in enumerate(order):
            each.position = position
        db.session.flush()
        db.session.expire(self, ["steps"])

    def remove_step(self, step: Step) -> None:
        """Take it off the list; for ten minutes it can be brought back."""
        step.take_away()
        db.session.expire(self, ["steps"])

    def bring_back_step(self, id: int) -> Step:  # noqa: A002
        """Where it was, as far as the others still are. Raises NotFound once it is thrown away."""
        step = held(Step, id, self.id)
        step.put_back()
        db.session.expire(self, ["steps"])
        return step

    def step(self, id: int) -> Step:  # noqa: A002
        """Raises NotFound for a step of another card."""
        for step in self.steps:
            if step.id == id:
                return step
        raise NotFound(_("There is no such step on this card."))

    def _give_to_named(self, step: Step, by: User | None) -> None:
        from host.mentions import mentioned

        if by is not None:
            for person in mentioned(step.text, self.board):
                self.assign(person, by)


def checked_step(text: str) -> str:
    """The text on one line. Raises Invalid unless it has 1 to 1,000 characters."""
    text = line(text)
    if not text:
        raise Invalid({"text": [_("A step needs a few words.")]})
    if len(text) > LONGEST_STEP:
        raise Invalid({"text": [_("Keep a step under %(n)s characters.", n=LONGEST_STEP)]})
    return text
