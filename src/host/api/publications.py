"""The public link of a board."""

from typing import Any

from flask import url_for
from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import Utc
from host.db import db
from host.models import Board
from host.web.login import current_user
from host.web.runboards import run_by_me

bp = api_blueprint("api_publications", __name__, description="The public link of a board")


class PublicationSchema(Schema):
    url = fields.Url(allow_none=True, metadata={"description": "Where anybody may read the board; null for nobody"})
    created_at = Utc(allow_none=True)


@bp.route("/boards/<int:id>/publication")
class OnePublication(MethodView):
    @bp.response(200, PublicationSchema)
    def get(self, id: int) -> dict[str, Any]:  # noqa: A002
        """The link, if the board has one."""
        return _shown(current_user.board(id))

    @bp.response(200, PublicationSchema)
    def put(self, id: int) -> dict[str, Any]:  # noqa: A002
        """Let anybody read the board who has the link; one that there is stays. For admins and its creator."""
        board = run_by_me(id)
        board.publish(by=current_user)
        db.session.commit()
        return _shown(board)

    post = put

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Revoke the link; the next one is another. For admins and its creator."""
        run_by_me(id).unpublish(by=current_user)
        db.session.commit()



def _shown(board: Board) -> dict[str, Any]:
    found = board.publication
    if found is None:
        return {"url": None, "created_at": None}
    url = url_for("publicboards.show", key=found.key, _external=True)
    return {"url": url, "created_at": found.created_at}
