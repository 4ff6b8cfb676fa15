"""Watching a card: hearing of its comments."""

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.db import db
from host.web.login import current_user

bp = api_blueprint("api_watches", __name__, description="Watching a card")


class WatchSchema(Schema):
    watching = fields.Bool()


@bp.route("/cards/<int:number>/watch")
class Watches(MethodView):
    @bp.response(200, WatchSchema)
    def get(self, number: int) -> dict[str, bool]:
        """Whether you watch the card."""
        return {"watching": current_user.card(number).watched_by(current_user)}

    @bp.response(200, WatchSchema)
    def put(self, number: int) -> dict[str, bool]:
        """Hear of what is said on it."""
        return _watch(number, watching=True)

    post = put

    @bp.response(200, WatchSchema)
    def delete(self, number: int) -> dict[str, bool]:
        """Hear of it no more."""
        return _watch(number, watching=False)


def _watch(number: int, *, watching: bool) -> dict[str, bool]:
    current_user.card(number).watch(current_user, watching=watching)
    db.session.commit()
    return {"watching": watching}
