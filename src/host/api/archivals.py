"""The archive of boards."""

from flask.views import MethodView

from host.api.blueprint import api_blueprint
from host.api.schemas import BoardSchema
from host.db import db
from host.models import Board
from host.web.login import current_user
from host.web.runboards import run_by_me_or_archived

bp = api_blueprint("api_archivals", __name__, description="The archive of boards")


@bp.route("/boards/<int:id>/archival")
class Archivals(MethodView):
    @bp.response(200, BoardSchema)
    def put(self, id: int) -> Board:  # noqa: A002
        """Lay the board in the archive: it leaves all lists and is only read. For admins and its creator."""
        board = run_by_me_or_archived(id)
        board.archive(by=current_user)
        db.session.commit()
        return board

    post = put

    @bp.response(200, BoardSchema)
    def delete(self, id: int) -> Board:  # noqa: A002
        """Bring it back. For admins and its creator."""
        board = run_by_me_or_archived(id)
        board.unarchive(by=current_user)
        db.session.commit()
        return board
