"""Watching a board: hearing of all that happens on its cards."""

from flask.views import MethodView

from host.api.blueprint import api_blueprint
from host.api.watches import WatchSchema
from host.db import db
from host.web.login import current_user

bp = api_blueprint("api_boardwatches", __name__, description="Watching a board")


@bp.route("/boards/<int:id>/watch")
class BoardWatches(MethodView):
    @bp.response(200, WatchSchema)
    def get(self, id: int) -> dict[str, bool]:  # noqa: A002
        """Whether you watch the board; its accesses say who else does."""
        return {"watching": current_user.board(id).watched_by(current_user)}

    @bp.response(200, WatchSchema)
    def put(self, id: int) -> dict[str, bool]:  # noqa: A002
        """Hear of what happens on its cards."""
        return _watch(id, watching=True)

    post = put

    @bp.response(200, WatchSchema)
    def delete(self, id: int) -> dict[str, bool]:  # noqa: A002
        """Hear only of the cards that you watch or have."""
        return _watch(id, watching=False)


def _watch(id: int, *, watching: bool) -> dict[str, bool]:  # noqa: A002
    current_user.board(id).watch(current_user, watching=watching)
    db.session.commit()
    return {"watching": watching}
