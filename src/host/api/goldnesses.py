"""Golden cards lead their column; it is no activity."""

from flask.views import MethodView

from host.api.blueprint import api_blueprint
from host.api.schemas import CardSchema
from host.db import db
from host.models import Card
from host.web.login import current_user

bp = api_blueprint("api_goldnesses", __name__, description="Golden cards")


@bp.route("/cards/<int:number>/goldness")
class Goldnesses(MethodView):
    @bp.response(200, CardSchema)
    def put(self, number: int) -> Card:
        """Make the card golden."""
        return _gild(number, golden=True)

    post = put

    @bp.response(200, CardSchema)
    def delete(self, number: int) -> Card:
        """Make it plain again."""
        return _gild(number, golden=False)


def _gild(number: int, *, golden: bool) -> Card:
    card = current_user.card(number)
    card.gild(current_user, golden=golden)
    db.session.commit()
    return card
