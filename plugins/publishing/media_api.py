"""The JSON API of the pictures of posts."""

from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest.fields import Upload
from marshmallow import Schema, fields, validate
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from host import Paging, api_blueprint, current_user, db, paged
from plugins.publishing import describing, picturing
from plugins.publishing.medium import LONGEST_ALT, Medium
from plugins.publishing.post import Post
from plugins.publishing.posts_schemas import IDS, MOST_PARTS, MediumSchema

bp = api_blueprint("publishing_media_api", __name__, url_prefix="/media", description="Pictures of posts")


class MediaQuery(Paging):
    post = fields.Int(load_default=None, validate=IDS, metadata={"description": "Only those of this post"})


class NewMedium(Schema):
    post = fields.Int(required=True, validate=IDS, metadata={"description": "The post that shows it"})
    part = fields.Int(load_default=0, validate=validate.Range(0, MOST_PARTS), metadata={"description": "Of the thread"})
    alt = fields.Str(load_default="", validate=validate.Length(max=LONGEST_ALT))


class PictureFile(Schema):
    file = Upload(required=True)


class MediumChange(Schema):
    part = fields.Int(strict=True, validate=validate.Range(0, MOST_PARTS))
    alt = fields.Str(validate=validate.Length(max=LONGEST_ALT))


@bp.route("")
class Media(MethodView):
    @bp.arguments(MediaQuery, location="query")
    @bp.response(200, MediumSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """The pictures of posts that you may see, the newest first."""
        found = select(Medium).join(Medium.post).where(Post.seen_by(current_user)).order_by(Medium.id.desc())
        if args["post"]:
            found = found.where(Medium.post_id == Post.one_of(current_user, args["post"]).id)
        return paged(found.options(selectinload(Medium.file)), args, MediumSchema())

    @bp.arguments(NewMedium, location="form")
    @bp.arguments(PictureFile, location="files")
    @bp.response(201, MediumSchema)
    def post(self, given: dict[str, Any], files: dict[str, Any]) -> Medium:
        """Put a picture behind the others of a post: multipart/form-data with the file."""
        post, file = Post.one_of(current_user, given["post"]), files["file"]
        medium = picturing.add(post, file.stream, file.filename or "", current_user, part=given["part"])
        describing.describe(medium, given["alt"], medium.part, current_user)
        db.session.commit()
        return medium


@bp.route("/<int:id>")
class OneMedium(MethodView):
    @bp.response(200, MediumSchema)
    def get(self, id: int) -> Medium:  # noqa: A002
        """One of them."""
        return picturing.seen_by(current_user, id)

    @bp.arguments(MediumChange)
    @bp.response(200, MediumSchema)
    def patch(self, given: dict[str, Any], id: int) -> Medium:  # noqa: A002
        """Describe it, or have another part of the thread show it."""
        medium = picturing.seen_by(current_user, id)
        describing.describe(medium, given.get("alt", medium.alt), given.get("part", medium.part), current_user)
        db.session.commit()
        return medium

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Take it away."""
        picturing.remove(picturing.seen_by(current_user, id), current_user)
        db.session.commit()
