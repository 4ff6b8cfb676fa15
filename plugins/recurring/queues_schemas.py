"""How queues and their runs look in JSON. What a list of them needs beside is read at once for all."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from marshmallow import INCLUDE, Schema, fields, pre_dump, validate

from host import Paging, Utc, current_user
from plugins.recurring.forecast import MOST
from plugins.recurring.kinds import kind_of, kinds
from plugins.recurring.queue import Mode, Queue, Status
from plugins.recurring.recurrence import Fate, Original
from plugins.recurring.rhythm import Unit
from plugins.recurring.run import Outcome, Run
from plugins.recurring.serving import address_of

LARGEST_ID = 2**63 - 1
IDS = validate.Range(1, LARGEST_ID)
LONGEST_TEXT, MOST_PARTS = 100_000, 100  # as of a post

ISO = "ISO 8601; without an offset, what the clock shows in `zone`"


class OptionsSchema(Schema):
    """Of posts and cards; other kinds have their own."""

    class Meta:
        unknown = INCLUDE

    connections = fields.List(
        fields.Int(strict=True, validate=IDS),
        allow_none=True,
        metadata={"description": "Of a post: where it goes; null for wherever the post itself goes"},
    )
    variations = fields.List(
        fields.List(fields.Str(validate=validate.Length(max=LONGEST_TEXT)), validate=validate.Length(1, MOST_PARTS)),
        metadata={"description": "Of a post: other words for it, each the parts of a thread; taken in turn"},
    )
    shuffle = fields.Bool(metadata={"description": "Of a post: not in turn"})
    skip_resting = fields.Bool(metadata={"description": "Of a post: not while its card is in Not now"})
    column = fields.Int(
        strict=True, allow_none=True, validate=IDS, metadata={"description": "Of a card: where copies begin"}
    )


class QueueChange(Schema):
    every = fields.Int(strict=True, metadata={"description": "So many days or months"})
    unit = fields.Enum(Unit, by_value=True)
    next_time = fields.DateTime(format="iso", metadata={"description": f"Of the next run, to come. {ISO}"})
    zone = fields.Str(metadata={"description": "By whose clock it keeps its time of the day: Europe/Berlin"})
    mode = fields.Enum(
        Mode, by_value=True, metadata={"description": "Whether the next is counted from its day or from its real run"}
    )
    max_executions = fields.Int(strict=True, allow_none=True, metadata={"description": "Completed after so many"})
    end_date = fields.Date(allow_none=True, metadata={"description": "The last day on which it runs"})
    skip_dates = fields.List(fields.Date(), metadata={"description": "Days without a run"})
    grace_hours = fields.Int(
        strict=True, allow_none=True, metadata={"description": "How late a run may be made up for"}
    )
    shared = fields.Bool(metadata={"description": "Whether all of the space sees it"})
    options = fields.Nested(OptionsSchema, metadata={"description": "Of its kind; what is left out stays"})


class NewQueue(QueueChange):
    kind = fields.Str(load_default="post", metadata={"description": "post, card, or one that a plugin brings"})
    original = fields.Int(
        strict=True, required=True, validate=IDS, metadata={"description": "The post's id, or the card's number"}
    )
    every = fields.Int(strict=True, required=True, metadata={"description": "So many days or months"})
    next_time = fields.DateTime(
        format="iso", required=True, metadata={"description": f"Of the first run, to come. {ISO}"}
    )


class OriginalSchema(Schema):
    id = fields.Int()
    title = fields.Str()
    excerpt = fields.Str()
    url = fields.Function(lambda original: absolute(original.url), metadata={"type": "string", "format": "uri"})


class QueueSchema(Schema):
    id = fields.Int()
    status = fields.Enum(Status, by_value=True)
    reason = fields.Str(allow_none=True, metadata={"description": "Why it is paused or completed"})
    attention = fields.Str(allow_none=True, metadata={"description": "What a person should see to"})
    failures = fields.Int(metadata={"description": "In a row; it is tried again later"})
    kind = fields.Str()
    title = fields.Str(metadata={"description": "As the original was called last"})
    original = fields.Nested(
        OriginalSchema, allow_none=True, metadata={"description": "null: it is gone, or not yours to see"}
    )
    every = fields.Int()
    unit = fields.Enum(Unit, by_value=True)
    mode = fields.Enum(Mode, by_value=True)
    next_time = Utc(allow_none=True, metadata={"description": "null once it is completed"})
    zone = fields.Str()
    local_time = fields.Time(metadata={"description": "By the clock of that zone"})
    last_time = Utc(allow_none=True, metadata={"description": "The occurrence that was served last"})
    last_ran_at = Utc(allow_none=True, metadata={"description": "When that really was"})
    executions = fields.Int()
    max_executions = fields.Int(allow_none=True)
    end_date = fields.Date(allow_none=True)
    skip_dates = fields.List(fields.Str())
    grace_hours = fields.Int(allow_none=True)
    shared = fields.Bool()
    options = fields.Dict()
    owner_id = fields.Int(allow_none=True)
    created_at = Utc()
    url = fields.Function(lambda queue: absolute(address_of(queue)), metadata={"type": "string", "format": "uri"})

    @pre_dump(pass_collection=True)
    def with_originals(self, given: Any, many: bool, **_more: Any) -> Any:
        queues: Sequence[Any] = given if many else [given]
        found = _originals(queues)
        for queue in queues:
            queue.original = found.get((queue.kind, queue.original_id))
        return given


class OneQueueSchema(QueueSchema):
    notes = fields.List(fields.Str(), metadata={"description": "What its owner should know, a sentence each"})


class MadeSchema(Schema):
    id = fields.Int()
    words = fields.Str(metadata={"description": "What became of it"})
    url = fields.Function(lambda made: absolute(made["url"]), metadata={"type": "string", "format": "uri"})


class QueueRunSchema(Schema):
    id = fields.Int()
    occurrence = Utc(metadata={"description": "The time that it was for"})
    at = Utc(metadata={"description": "When that really was"})
    outcome = fields.Enum(Outcome, by_value=True)
    why = fields.Str(allow_none=True)
    number = fields.Int(allow_none=True, metadata={"description": "The how many-th that was made"})
    version = fields.Int(allow_none=True, metadata={"description": "Of its variations; 0 is the original's words"})
    by_hand = fields.Bool()
    refused = fields.Bool(metadata={"description": "By some network, as a duplicate"})
    made = fields.Nested(MadeSchema, allow_none=True, metadata={"description": "null: nothing, or it is gone"})

    @pre_dump(pass_collection=True)
    def with_fates(self, given: Any, many: bool, **_more: Any) -> Any:
        runs: Sequence[Any] = given if many else [given]
        found = _fates(runs)
        for run in runs:
            fate = found.get(run.made_id)
            run.made = fate and {"id": run.made_id, "words": fate.words, "url": fate.url}
        return given


class ComingSchema(Schema):
    at = Utc()
    local = fields.DateTime(format="iso", metadata={"description": "By the clock of the queue's zone"})
    number = fields.Int(metadata={"description": "The how many-th it would be"})
    note = fields.Str(metadata={"description": "Where clocks are changed"})


class QueueQuery(Paging):
    status = fields.Enum(Status, by_value=True, load_default=None)


class ForecastQuery(Schema):
    count = fields.Int(load_default=5, validate=validate.Range(1, MOST))


def absolute(path: str) -> str:
    """For people: a page."""
    return request.root_url.rstrip("/") + path


def _originals(queues: Sequence[Queue]) -> Mapping[tuple[str, int], Original]:
    found: dict[tuple[str, int], Original] = {}
    on = kinds()
    for name in {queue.kind for queue in queues} & on.keys():
        ids = {queue.original_id for queue in queues if queue.kind == name}
        found |= {(name, key): each for key, each in on[name].originals(ids, current_user).items()}
    return found


def _fates(runs: Sequence[Run]) -> Mapping[int, Fate]:
    """All of one queue."""
    made = {run.made_id for run in runs if run.made_id is not None}
    kind = kind_of(runs[0].queue.kind) if made else None
    return kind.fates(made, current_user) if kind else {}
