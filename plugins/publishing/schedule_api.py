"""The JSON API of a post's time and of its approval."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask.views import MethodView
from marshmallow import Schema, fields

from host import (
    Invalid,
    Moments,
    _,
    api_blueprint,
    current_user,
    db,
    exact_moment,
    moment_of,
    read_zone,
    require,
)
from plugins.publishing import similar, telling
from plugins.publishing.approval import withdraw
from plugins.publishing.change import schedule_for
from plugins.publishing.drafting import require_author
from plugins.publishing.post import Post
from plugins.publishing.posts_schemas import AT, PostSchema
from plugins.publishing.scheduling import approve, unschedule

bp = api_blueprint(
    "publishing_schedule_api", __name__, url_prefix="/posts/<int:id>", description="When a post goes out"
)

ISO = "ISO 8601; without an offset, what the clock shows in `zone`"


class ScheduleChoice(Schema):
    at = fields.DateTime(
        format="iso", load_default=None, allow_none=True, metadata={"description": f"{AT['description']}. {ISO}"}
    )
    zone = fields.Str(load_default=None, allow_none=True, metadata={"description": "Such as Europe/Berlin"})
    targets = fields.Dict(
        keys=fields.Int(),
        values=fields.DateTime(format="iso"),
        load_default=dict,
        metadata={"description": "Times of their own, by the target's id"},
    )
    revision = fields.Int(strict=True, load_default=None, metadata={"description": "409 if it is another by now"})


class ApprovalChoice(Schema):
    revision = fields.Int(strict=True, load_default=None, metadata={"description": "The one that you read"})


class ScheduledPostSchema(PostSchema):
    notes = fields.List(fields.Str(), metadata={"description": "What one should know all the same, a sentence each"})


@bp.route("/schedule")
class ScheduleResource(MethodView):
    @bp.arguments(ScheduleChoice)
    @bp.response(200, ScheduledPostSchema)
    def put(self, given: dict[str, Any], id: int) -> Post:  # noqa: A002
        """Have what is not out yet go out then; what was taken back, where `targets` names it. What is wrong at a
        connection stands under `connection-` and its id."""
        post = _mine(id, given["revision"])
        zone = read_zone(given["zone"]) if given["zone"] else None
        at = _moment(given["at"], zone, "at") if given["at"] else None
        own = _own(post, given["targets"], zone)
        times = {connection: each.at for connection, each in own.items()}
        notes = [each.note for each in (at, *own.values()) if each and each.note]
        notes += schedule_for(post, at.at if at else None, current_user, zone.key if zone else current_user.zone, times)
        notes += similar.warnings(post, post.id, [target.connection for target in post.targets])
        db.session.commit()
        post.notes = notes  # type: ignore[attr-defined]  # for this one answer
        return post

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Have what waits be a draft again, with its time."""
        post = _mine(id)
        unschedule(post)
        telling.show_post(post)
        db.session.commit()


@bp.route("/approval")
class ApprovalResource(MethodView):
    @bp.arguments(ApprovalChoice)
    @bp.response(200, PostSchema)
    def put(self, given: dict[str, Any], id: int) -> Post:  # noqa: A002
        """Approve it as it is now; what waited for that is scheduled. For admins."""
        post = Post.one_of(current_user, id)
        require(current_user.is_admin)
        if given["revision"] is not None:
            post.require(given["revision"])
        approve(post, current_user)
        db.session.commit()
        return post

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Take the approval back: what is scheduled waits for one again. For admins."""
        post = Post.one_of(current_user, id)
        require(current_user.is_admin)
        withdraw(post)
        db.session.commit()


def _mine(id: int, revision: int | None = None) -> Post:  # noqa: A002
    """Raises Overtaken where a revision was named and it is another by now."""
    post = Post.one_of(current_user, id)
    require_author(post, current_user)
    if revision is not None:
        post.require(revision)
    return post


def _own(post: Post, times: Mapping[int, datetime], zone: ZoneInfo | None) -> dict[int, Moments]:
    """By the connection's id. Raises Invalid."""
    targets = {target.id: target for target in post.targets}
    if times.keys() - targets.keys():
        raise Invalid({"targets": [_("There is no such target.")]})
    return {targets[each].connection_id: _moment(at, zone, "targets") for each, at in times.items()}


def _moment(at: datetime, zone: ZoneInfo | None, field: str) -> Moments:
    """With a note where clocks show it twice. Raises Invalid for a clock's time without a zone, and for one that clocks
    skip."""
    if at.tzinfo is not None:
        return Moments(at)
    if zone is None:
        raise Invalid({field: [_("Say the offset, such as Z, or the zone.")]})
    exact_moment(at, zone, field)
    return moment_of(at, zone)
