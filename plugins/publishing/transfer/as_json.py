"""Posts as JSON, with all that they are but their history: what is read back is what was written."""

import json
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from host import Invalid, NotFound, Utc, _, read_zone
from plugins.publishing.connection import FEED
from plugins.publishing.medium import LONGEST_ALT, Medium
from plugins.publishing.post import Post
from plugins.publishing.posts_schemas import IDS, LONGEST_TEXT, MOST_PARTS
from plugins.publishing.states import State, Status
from plugins.publishing.target import Target
from plugins.publishing.transfer.item import Aim, Item, Shot
from plugins.publishing.transfer.table import MOST_ROWS

FORMAT = "fallow-posts"
FURTHEST = 10**9  # seconds


class _Strict(Schema):
    class Meta:
        unknown = RAISE


def _texts(**more: Any) -> fields.List[str]:
    text = fields.Str(validate=validate.Length(max=LONGEST_TEXT))
    return fields.List(text, validate=validate.Length(max=MOST_PARTS), **more)


class _Variant(_Strict):
    texts = _texts(load_default=list)
    options = fields.Dict(keys=fields.Str(), values=fields.Str(), load_default=dict)
    detached_from = fields.Str(allow_none=True, load_default=None, validate=validate.Length(max=64))


class _Target(_Strict):
    network = fields.Str(required=True)
    handle = fields.Str(load_default="")
    at = Utc(allow_none=True, load_default=None)
    offset_seconds = fields.Int(strict=True, load_default=0, validate=validate.Range(-FURTHEST, FURTHEST))


class _Picture(_Strict):
    name = fields.Str(required=True)
    alt = fields.Str(load_default="", validate=validate.Length(max=LONGEST_ALT))
    part = fields.Int(strict=True, load_default=0, validate=validate.Range(0, MOST_PARTS))
    data = fields.Str(allow_none=True, load_default=None)


class _Post(_Strict):
    texts = _texts(required=True)
    variants = fields.Dict(keys=fields.Str(), values=fields.Nested(_Variant), load_default=dict)
    targets = fields.List(fields.Nested(_Target), load_default=list)
    at = Utc(allow_none=True, load_default=None)
    zone = fields.Str(allow_none=True, load_default=None)
    card = fields.Int(strict=True, allow_none=True, load_default=None, validate=IDS)
    shared = fields.Bool(load_default=False)
    status = fields.Enum(Status, by_value=True, load_default=Status.SCHEDULED)
    media = fields.List(fields.Nested(_Picture), load_default=list)


def dump(posts: Sequence[Post]) -> str:
    """All of them, with their pictures."""
    return json.dumps(
        {"format": FORMAT, "version": 1, "posts": [_post(each) for each in posts]}, ensure_ascii=False, indent=1
    )


def read(data: bytes) -> list[Item]:
    """Raises Invalid (`file`) for what is no such file; what is wrong about one post stands at that one."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:  # ValueError: also no UTF-8
        raise Invalid({"file": [_("This is no JSON that can be read.")]}) from error
    posts = told.get("posts") if isinstance(told, dict) and told.get("format") == FORMAT else None
    if not isinstance(posts, list) or told.get("version") != 1:
        raise Invalid({"file": [_("This is JSON, but no posts that were exported here.")]})
    if not 0 < len(posts) <= MOST_ROWS:
        raise Invalid({"file": [_("A file brings 1 to %(n)s posts.", n=MOST_ROWS)]})
    return [_item(number, each) for number, each in enumerate(posts, 1)]


def _post(post: Post) -> dict[str, Any]:
    return {
        "texts": post.texts,
        "variants": {each.platform: _variant(each) for each in post.variants},
        "targets": [_target(each) for each in post.targets if each.state is not State.CANCELLED],
        "at": post.at.isoformat() if post.at else None,
        "zone": post.zone,
        "card": post.card.number if post.card else None,
        "shared": post.shared,
        "status": post.status.value,
        "media": [_picture(each) for each in post.media],
    }


def _variant(variant: Any) -> dict[str, Any]:
    return {"texts": variant.texts, "options": variant.options, "detached_from": variant.detached_from}


def _target(target: Target) -> dict[str, Any]:
    own = target.own_at.isoformat() if target.own_at else None
    where = {"network": target.platform, "handle": target.connection.handle}
    return {**where, "at": own, "offset_seconds": target.offset_seconds}


def _picture(medium: Medium) -> dict[str, Any]:
    try:
        data = b64encode(medium.file.read()).decode()
    except NotFound:  # its content is gone; its description need not be
        data = None
    return {"name": medium.file.name, "alt": medium.alt, "part": medium.part, "data": data}


def _item(number: int, told: Any) -> Item:
    try:
        given = _Post().load(told)
        zone = read_zone(given["zone"]).key if given["zone"] else None
        shots = [_shot(each) for each in given["media"]]
    except ValidationError as error:
        return Item(number, errors=list(_flat(error.normalized_messages())))  # type: ignore[no-untyped-call]
    except Invalid as invalid:
        return Item(number, errors=[invalid.message])
    plain = {name: given[name] for name in ("texts", "variants", "at", "card", "shared", "status")}
    return Item(number, **plain, zone=zone, aims=[_aim(each) for each in given["targets"]], shots=shots)


def _aim(given: Mapping[str, Any]) -> Aim:
    """The feed's handle is its space's name, and this may be another space."""
    network, handle = given["network"], given["handle"]
    name = f"{network}:{handle}" if handle and network != FEED else network
    return Aim(name, given["at"], given["offset_seconds"])


def _shot(given: Mapping[str, Any]) -> Shot:
    try:
        data = None if given["data"] is None else b64decode(given["data"], validate=True)
    except (NoBase64, ValueError) as error:
        raise Invalid({"media": [_("The picture %(name)s is not written as base64.", name=given["name"])]}) from error
    return Shot(given["name"], given["alt"], given["part"], data)


def _flat(messages: Any, path: str = "") -> Any:
    """marshmallow's nested messages, a sentence each with where it belongs."""
    if isinstance(messages, list):
        yield from (f"{path}: {said}" for said in messages)
    else:
        for name, below in messages.items():
            yield from _flat(below, f"{path}.{name}" if path else str(name))
