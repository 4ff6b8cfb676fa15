"""Pictures of posts, for those who may see the post."""

from flask import Blueprint, Response

from host import current_user, file_response
from plugins.publishing import picturing

bp = Blueprint("publishing_media", __name__)


@bp.get("/media/<int:id>")
def show(id: int) -> Response:  # noqa: A002
    return file_response(picturing.seen_by(current_user, id).file)
