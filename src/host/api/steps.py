"""A card's checklist; steps are no activity."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import StepSchema
from host.db import db
from host.models import Step
from host.web.login import current_user

bp = api_blueprint("api_steps", __name__, url_prefix="/cards/<int:number>/steps", description="A card's checklist")


class NewStep(Schema):
    text = fields.Str(required=True)
    done = fields.Bool(load_default=False)


class StepChange(Schema):
    done = fields.Bool(required=True)


@bp.route("")
class Steps(MethodView):
    @bp.response(200, StepSchema(many=True))
    def get(self, number: int) -> list[Step]:
        """The steps in their order."""
        return current_user.card(number).steps

    @bp.arguments(NewStep)
    @bp.response(201, StepSchema)
    def post(self, given: dict[str, Any], number: int) -> Step:
        """Add one at the end."""
        step = current_user.card(number).add_step(given["text"], done=given["done"])
        db.session.commit()
        return step


@bp.route("/<int:id>")
class OneStep(MethodView):
    @bp.response(200, StepSchema)
    def get(self, number: int, id: int) -> Step:  # noqa: A002
        """A step."""
        return current_user.card(number).step(id)

    @bp.arguments(StepChange)
    @bp.response(200, StepSchema)
    def patch(self, given: dict[str, Any], number: int, id: int) -> Step:  # noqa: A002
        """Tick it, or open it again."""
        step = current_user.card(number).step(id)
        step.tick(done=given["done"])
        db.session.commit()
        return step

    @bp.response(204)
    def delete(self, number: int, id: int) -> None:  # noqa: A002
        """Take it off the list."""
        card = current_user.card(number)
        card.steps.remove(card.step(id))
        db.session.commit()
