"""The JSON API of a post's targets: the post on one connection each."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields, validate

from host import Fault, NotFound, Utc, _, api_blueprint, current_user, db
from plugins.publishing import answering, scheduling, telling
from plugins.publishing.answering import LONGEST_URL
from plugins.publishing.connection import Connection
from plugins.publishing.drafting import require_author
from plugins.publishing.post import Post
from plugins.publishing.posts_schemas import IDS, TargetSchema
from plugins.publishing.states import State
from plugins.publishing.target import Target

bp = api_blueprint(
    "publishing_targets_api",
    __name__,
    url_prefix="/posts/<int:id>/targets",
    description="A post on one connection, and how it stands there",
)


class Answer(StrEnum):
    PUBLISHED = "published"
    AGAIN = "again"
    DISCARD = "discard"


class NewTarget(Schema):
    connection = fields.Int(strict=True, required=True, validate=IDS, metadata={"description": "Its id"})


class AnswerChoice(Schema):
    answer = fields.Enum(Answer, by_value=True, required=True, metadata={"description": "Was this published?"})
    url = fields.Str(load_default="", validate=validate.Length(max=LONGEST_URL), metadata={"description": "Where"})


class RetryChoice(Schema):
    at = Utc(load_default=None, allow_none=True, metadata={"description": "When; now where it is left out"})


@bp.route("")
class Targets(MethodView):
    @bp.response(200, TargetSchema(many=True))
    def get(self, id: int) -> list[Target]:  # noqa: A002
        """How it stands on each connection."""
        return Post.one_of(current_user, id).targets

    @bp.arguments(NewTarget)
    @bp.response(201, TargetSchema)
    def post(self, given: dict[str, Any], id: int) -> Target:  # noqa: A002
        """Have it go out on one connection more; a draft there, until the post is scheduled again."""
        post = _mine(id)
        target = _wanted(post, Connection.one_of(current_user, given["connection"]))
        db.session.commit()
        return target


@bp.route("/<int:target>")
class OneTarget(MethodView):
    @bp.response(200, TargetSchema)
    def get(self, id: int, target: int) -> Target:  # noqa: A002
        """One of them."""
        return _one_of(Post.one_of(current_user, id), target)

    @bp.response(204)
    def delete(self, id: int, target: int) -> None:  # noqa: A002
        """Take it back there. 409 when it is on its way or out."""
        scheduling.cancel(_one_of(_mine(id), target), current_user)
        db.session.commit()


@bp.route("/<int:target>/answer")
class TargetAnswer(MethodView):
    @bp.arguments(AnswerChoice)
    @bp.response(200, TargetSchema)
    def put(self, given: dict[str, Any], id: int, target: int) -> Target:  # noqa: A002
        """Say whether an unconfirmed one is out; if not, whether to send it again. 409 when that is settled."""
        found = _one_of(_mine(id), target)
        _answer(found, given)
        db.session.commit()
        return found


@bp.route("/<int:target>/retry")
class TargetRetry(MethodView):
    @bp.arguments(RetryChoice)
    @bp.response(200, TargetSchema)
    def post(self, given: dict[str, Any], id: int, target: int) -> Target:  # noqa: A002
        """Send what failed, was missed or was taken back, now or at another time."""
        found = _one_of(_mine(id), target)
        scheduling.again(found, current_user, given["at"])
        db.session.commit()
        return found


def _mine(id: int) -> Post:  # noqa: A002
    post = Post.one_of(current_user, id)
    require_author(post, current_user)
    return post


def _one_of(post: Post, id: int) -> Target:  # noqa: A002
    found = next((each for each in post.targets if each.id == id), None)
    if found is None:
        raise NotFound(_("There is no such target."))
    return found


def _wanted(post: Post, connection: Connection) -> Target:
    """Raises Fault where it is one already; what was taken back there is wanted again."""
    standing = next((each for each in post.targets if each.connection_id == connection.id), None)
    if standing is None:
        scheduling.choose(post, [*(each.connection for each in post.targets), connection])
        standing = post.targets[-1]
        standing.time(post.at)
        db.session.flush()
    elif not standing.move([State.CANCELLED], State.DRAFT):
        raise Fault(_("It goes out on %(handle)s already.", handle=connection.handle))
    telling.show_post(post)
    return standing


def _answer(target: Target, given: Mapping[str, Any]) -> None:
    match given["answer"]:
        case Answer.PUBLISHED:
            answering.it_is_there(target, current_user, given["url"])
        case Answer.AGAIN:
            answering.send_it_again(target)
        case Answer.DISCARD:
            answering.discard_it(target, current_user)
