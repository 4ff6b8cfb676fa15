"""A card's checklist; steps are no activity."""

from host.db import db
from host.errors import Invalid, NotFound
from host.i18n import _
from host.models.card.trait import Trait
from host.models.step import Step
from host.models.typed import line

LONGEST_STEP = 1000


class Stepped(Trait):
    @property
    def steps_done(self) -> int:
        return sum(step.done for step in self.steps)

    def add_step(self, text: str, *, done: bool = False) -> Step:
        """Add a line to the checklist. Raises Invalid for an empty or very long one."""
        text = line(text)
        if not text:
            raise Invalid({"text": [_("A step needs a few words.")]})
        if len(text) > LONGEST_STEP:
            raise Invalid({"text": [_("Keep a step under %(n)s characters.", n=LONGEST_STEP)]})
        step = Step(text=text, position=self.steps[-1].position + 1 if self.steps else 0)
        step.tick(done=done)
        self.steps.append(step)
        db.session.flush()
        return step

    def step(self, id: int) -> Step:  # noqa: A002
        """Raises NotFound for a step of another card."""
        for step in self.steps:
            if step.id == id:
                return step
        raise NotFound(_("There is no such step on this card."))
