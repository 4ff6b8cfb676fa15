"""The JSON API of posts: their words, and on which connections they are to go out."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields, validate

from host import Utc, api_blueprint, current_user, db, paged, read_zone
from plugins.publishing import cloning, removing
from plugins.publishing.change import Change
from plugins.publishing.connection import Connection
from plugins.publishing.finding import posts_of
from plugins.publishing.naming import named
from plugins.publishing.post import Post
from plugins.publishing.posts_schemas import (
    AT,
    IDS,
    LONGEST_TEXT,
    MOST_PARTS,
    TEXTS,
    WHOLE,
    PostQuery,
    PostSchema,
    variants,
    variants_of,
)

bp = api_blueprint("publishing_posts_api", __name__, url_prefix="/posts", description="What is said on networks, when")


class PostWords(Schema):
    texts = fields.List(
        fields.Str(validate=validate.Length(max=LONGEST_TEXT)),
        validate=validate.Length(1, MOST_PARTS),
        metadata=TEXTS,
    )
    variants = variants()
    connections = fields.List(
        fields.Int(strict=True, validate=IDS), metadata={"description": "The ids of all on which it is to go out"}
    )
    networks = fields.List(
        fields.Str(), metadata={"description": "The same by name: feed, mastodon, mastodon:@ada@peer.example"}
    )
    card = fields.Int(strict=True, allow_none=True, validate=IDS, metadata={"description": "The number of its card"})
    shared = fields.Bool(metadata={"description": "Whether all of the space sees it; its author decides"})
    at = Utc(allow_none=True, metadata=AT)
    zone = fields.Str(allow_none=True, metadata={"description": "In whose clock that time is meant: Europe/Berlin"})


class PostRewrite(PostWords):
    revision = fields.Int(strict=True, required=True, metadata={"description": "The one that you read"})


@bp.route("")
class Posts(MethodView):
    @bp.arguments(PostQuery, location="query")
    @bp.response(200, PostSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """Those that you may see, the latest changed first."""
        card = current_user.card(args["card"]) if args["card"] else None
        found = posts_of(current_user, status=args["status"], begin=args["begin"], end=args["end"], card=card)
        return paged(found.options(*WHOLE), args, PostSchema())

    @bp.arguments(PostWords)
    @bp.response(201, PostSchema)
    def post(self, given: dict[str, Any]) -> Post:
        """Write one: a draft, until it is given its time (PUT /posts/{id}/schedule)."""
        post = _change(None, given).draft(current_user)
        db.session.commit()
        return post


@bp.route("/<int:id>")
class OnePost(MethodView):
    @bp.response(200, PostSchema)
    def get(self, id: int) -> Post:  # noqa: A002
        """A post, with how it stands on each connection."""
        return Post.one_of(current_user, id)

    @bp.arguments(PostRewrite)
    @bp.response(200, PostSchema)
    def patch(self, given: dict[str, Any], id: int) -> Post:  # noqa: A002
        """Change it; what is left out stays, and what is out or on its way keeps its words and time. 409 when somebody
        changed it since that revision, or what is out would change."""
        post = Post.one_of(current_user, id)
        _change(post, given).write(post, current_user, given["revision"])
        db.session.commit()
        return post

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Remove one of which nothing is on its way or out."""
        removing.delete(Post.one_of(current_user, id), current_user)
        db.session.commit()


@bp.route("/<int:id>/clone")
class Clone(MethodView):
    @bp.response(201, PostSchema)
    def post(self, id: int) -> Post:  # noqa: A002
        """A copy of your own: a draft without its history."""
        copy = cloning.clone(Post.one_of(current_user, id), current_user)
        db.session.commit()
        return copy


def _change(post: Post | None, given: Mapping[str, Any]) -> Change:
    card = current_user.card(given["card"]) if given.get("card") else None
    zone = read_zone(given["zone"]).key if given.get("zone") else None
    return Change(
        texts=given.get("texts", post.texts if post else [""]),
        variants=given.get("variants", variants_of(post) if post else {}),
        connections=_connections(post, given),
        card=card if "card" in given or post is None else post.card,
        shared=given.get("shared", post.shared if post else False),
        at=given.get("at", post.at if post else None),
        zone=zone if "zone" in given or post is None else post.zone,
    )


def _connections(post: Post | None, given: Mapping[str, Any]) -> list[Connection]:
    """What goes through somebody else's connection already may stay there. Raises NotFound, Invalid."""
    before = [target.connection for target in post.targets] if post else []
    if "connections" not in given and "networks" not in given:
        return before
    usable = [*before, *(each for each in Connection.usable_by(current_user) if each not in before)]
    by_id = {each.id: each for each in usable}
    wanted = [
        by_id.get(each) or Connection.one_of(current_user, each) for each in dict.fromkeys(given.get("connections", ()))
    ]
    return [*wanted, *(each for each in named(given.get("networks", ()), usable, "networks") if each not in wanted)]
