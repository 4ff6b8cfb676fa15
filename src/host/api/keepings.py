"""Keeping a card: its clock starts again."""

from flask.views import MethodView

from host.api.blueprint import api_blueprint
from host.api.schemas import CardSchema
from host.db import db
from host.models import Card
from host.web.login import current_user

bp = api_blueprint("api_keepings", __name__, description="Keeping a card awake")


@bp.route("/cards/<int:number>/keeping")
class Keepings(MethodView):
    @bp.response(200, CardSchema)
    def post(self, number: int) -> Card:
        """Start the card's clock again. One that rests or is done stays as it is."""
        card = current_user.card(number)
        card.keep(current_user)
        db.session.commit()
        return card

    put = post
