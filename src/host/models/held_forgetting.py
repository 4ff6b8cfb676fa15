"""The end of what was taken off a card, in a job."""

from host.clock import now
from host.db import db
from host.models.attachment import Attachment
from host.models.held import HELD, Holdable
from host.models.reaction import Reaction
from host.models.step import Step
from host.plugging.tasks import task

KINDS: dict[str, type[Holdable]] = {each.__tablename__: each for each in (Attachment, Reaction, Step)}


@task("host.throw_away")
def throw_away(part: str, part_id: int) -> None:
    """Unless it was put back. What was taken away once more since has its own time, and its own job."""
    kind = KINDS[part]
    found = db.session.get(kind, part_id, with_for_update={"of": kind})
    if found and found.removed_at and found.removed_at <= now() - HELD:
        found.throw_away()
