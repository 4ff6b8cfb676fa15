"""A card's checklist; steps are no activity."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields, validate

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
    text = fields.Str()
    done = fields.Bool()
    position = fields.Int(strict=True, validate=validate.Range(0, 1_000_000), metadata={"description": "From 0"})


@bp.route("")
class Steps(MethodView):
    @bp.response(200, StepSchema(many=True))
    def get(self, number: int) -> list[Step]:
        """The steps in their order."""
        return current_user.card_or_draft(number).steps

    @bp.arguments(NewStep)
    @bp.response(201, StepSchema)
    def post(self, given: dict[str, Any], number: int) -> Step:
        """Add one at the end."""
        step = current_user.card_or_draft(number).add_step(given["text"], done=given["done"], by=current_user)
        db.session.commit()
        return step


@bp.route("/<int:id>")
class OneStep(MethodView):
    @bp.response(200, StepSchema)
    def get(self, number: int, id: int) -> Step:  # noqa: A002
        """A step."""
        return current_user.card_or_draft(number).step(id)

    @bp.arguments(StepChange)
    @bp.response(200, StepSchema)
    def patch(self, given: dict[str, Any], number: int, id: int) -> Step:  # noqa: A002
        """Tick it or open it again, say it in other words, put it elsewhere on the list."""
        card = current_user.card_or_draft(number)
        step = card.step(id)
        if "done" in given:
            step.tick(done=given["done"])
        if "text" in given:
            card.reword_step(step, given["text"], current_user)
        if "position" in given:
            card.move_step(step, given["position"])
        db.session.commit()
        return step

    @bp.response(204)
    def delete(self, number: int, id: int) -> None:  # noqa: A002
        """Take it off the list; for ten minutes it can be restored."""
        card = current_user.card_or_draft(number)
        card.remove_step(card.step(id))
        db.session.commit()


@bp.route("/<int:id>/restoration")
class StepRestorations(MethodView):
    @bp.response(200, StepSchema)
    def post(self, number: int, id: int) -> Step:  # noqa: A002
        """Bring back a step that was taken off the list within the last ten minutes."""
        step = current_user.card_or_draft(number).bring_back_step(id)
        db.session.commit()
        return step
