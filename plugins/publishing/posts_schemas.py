"""How posts look in JSON, and what is read along so that a list of them costs a fixed number of statements."""

from flask import url_for
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import selectinload

from host import Paging, Utc
from plugins.publishing.medium import LONGEST_ALT, Medium
from plugins.publishing.post import Post
from plugins.publishing.states import State, Status
from plugins.publishing.target import Target

LONGEST_TEXT, MOST_PARTS = 100_000, 100  # far more than any network takes
LARGEST_ID = 2**63 - 1
IDS = validate.Range(1, LARGEST_ID)

TEXTS = {"description": "The parts of a thread; mostly one"}
AT = {"description": "When it goes out, but for targets with their own time"}


class VariantSchema(Schema):
    """What it says on one network in its own words."""

    texts = fields.List(
        fields.Str(validate=validate.Length(max=LONGEST_TEXT)),
        load_default=list,
        validate=validate.Length(max=MOST_PARTS),
        metadata={"description": "None: the shared ones"},
    )
    options = fields.Dict(keys=fields.Str(), values=fields.Str(), load_default=dict)


def variants() -> fields.Dict:
    return fields.Dict(keys=fields.Str(), values=fields.Nested(VariantSchema), metadata={"description": "By network"})


class MediumSchema(Schema):
    id = fields.Int(dump_only=True)
    post_id = fields.Int(dump_only=True)
    part = fields.Int(metadata={"description": "Of the thread, from 0"}, validate=validate.Range(0, MOST_PARTS))
    alt = fields.Str(validate=validate.Length(max=LONGEST_ALT), metadata={"description": "For those who cannot see it"})
    name = fields.Str(attribute="file.name", dump_only=True)
    type = fields.Str(attribute="file.type", dump_only=True)
    size = fields.Int(attribute="file.size", dump_only=True, metadata={"description": "Bytes"})
    width = fields.Int(attribute="file.width", dump_only=True, allow_none=True)
    height = fields.Int(attribute="file.height", dump_only=True, allow_none=True)
    url = fields.Function(lambda each: medium_url(each), metadata={"type": "string", "format": "uri"})


class TargetSchema(Schema):
    id = fields.Int()
    connection_id = fields.Int()
    network = fields.Str(attribute="platform")
    handle = fields.Str(attribute="connection.handle")
    state = fields.Enum(State, by_value=True, attribute="shown_state")
    at = Utc(attribute="due_at", allow_none=True)
    own_at = Utc(allow_none=True, metadata={"description": "A time of its own"})
    offset_seconds = fields.Int(metadata={"description": "After the post's time, where it has none of its own"})
    why = fields.Str(allow_none=True, metadata={"description": "Of its state, a sentence"})
    asks = fields.Bool(metadata={"description": "Unconfirmed, and only a person can tell"})
    duplicate = fields.Bool(metadata={"description": "It failed because the same is there already"})
    published_at = Utc(allow_none=True)
    url = fields.Str(allow_none=True, metadata={"description": "Where it can be read"})
    note = fields.Str(allow_none=True, metadata={"description": "What the network did that was not asked for"})
    gone = fields.Bool(metadata={"description": "Published, and removed at the network since"})


class PostSchema(Schema):
    id = fields.Int()
    title = fields.Str()
    status = fields.Enum(Status, by_value=True)
    texts = fields.List(fields.Str(), metadata=TEXTS)
    variants = fields.Function(lambda post: variants_of(post), metadata={"type": "object", "description": "By network"})
    at = Utc(allow_none=True, metadata=AT)
    zone = fields.Str(allow_none=True, metadata={"description": "In whose clock that time was meant"})
    card = fields.Int(attribute="card.number", dump_default=None, allow_none=True)
    shared = fields.Bool(metadata={"description": "Whether all of the space sees it"})
    author_id = fields.Int(allow_none=True)
    approved = fields.Function(lambda post: is_approved(post), metadata={"type": "boolean"})
    approved_by_id = fields.Int(allow_none=True)
    approved_at = Utc(allow_none=True)
    cloned_from = fields.Int(allow_none=True)
    created_by_queue = fields.Int(allow_none=True)
    revision = fields.Int(metadata={"description": "To be sent along with a change"})
    created_at = Utc()
    updated_at = Utc()
    media = fields.List(fields.Nested(MediumSchema))
    targets = fields.List(fields.Nested(TargetSchema))
    url = fields.Function(lambda post: post_url(post), metadata={"type": "string", "format": "uri"})


class PostQuery(Paging):
    status = fields.Enum(Status, by_value=True, load_default=None)
    begin = Utc(data_key="from", load_default=None, metadata={"description": "Goes out then or later"})
    end = Utc(data_key="to", load_default=None, metadata={"description": "Goes out before"})
    card = fields.Int(load_default=None, validate=IDS, metadata={"description": "The number of its card"})


# `posts_of` gives the query; these go into its options.
WHOLE = (
    selectinload(Post.card),
    selectinload(Post.variants),
    selectinload(Post.media).selectinload(Medium.file),
    selectinload(Post.targets).selectinload(Target.connection),
)


def is_approved(post: Post) -> bool:
    """As it is now."""
    return post.approved_hash is not None and post.approved_hash == post.content_hash


def variants_of(post: Post) -> dict[str, dict[str, object]]:
    return {each.platform: {"texts": each.texts, "options": each.options} for each in post.variants}


def post_url(post: Post) -> str:
    """The page, for people."""
    return url_for("publishing_posts.show", id=post.id, _external=True)


def medium_url(medium: Medium) -> str:
    return url_for("publishing_media.show", id=medium.id, _external=True)
