"""The JSON API of sweeps: what each rested, and undoing one."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields
from sqlalchemy import select

from host import (
    Card,
    Paging,
    Utc,
    api_blueprint,
    current_account,
    current_user,
    db,
    may_administer,
    paged,
    require,
    visible,
)
from plugins.entropy.rested import Rested
from plugins.entropy.run import Run

bp = api_blueprint("entropy_runs_api", __name__, url_prefix="/entropy/runs", description="What sweeps have rested")


class RunSchema(Schema):
    id = fields.Int()
    at = Utc()
    cards = fields.Int(metadata={"description": "How many it rested, on all boards"})
    undone_at = Utc(allow_none=True)
    undone_by_id = fields.Int(allow_none=True)
    put_back = fields.Int(metadata={"description": "How many an undo has put back so far"})


class RestedSchema(Schema):
    number = fields.Int()
    title = fields.Str()
    board_id = fields.Int(metadata={"description": "The board that the card is on by now"})
    column_id = fields.Int(allow_none=True, metadata={"description": "Where it lay; null: in Maybe?"})
    last_active_at = Utc(metadata={"description": "Since when it had lain"})


class RunWithCardsSchema(RunSchema):
    rested = fields.List(fields.Nested(RestedSchema), metadata={"description": "A page of those that you may see"})


@bp.route("")
class Runs(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, RunSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """The sweeps of the last thirty days that rested something, the newest first."""
        return paged(Run.newest(current_account), args, RunSchema())


@bp.route("/<int:id>")
class RunResource(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, RunWithCardsSchema)
    def get(self, args: dict[str, Any], id: int) -> dict[str, Any]:  # noqa: A002
        """One sweep, with its cards."""
        run = Run.of(current_account, id)
        cards = select(Card.number, Card.title, Card.board_id, Rested.column_id, Rested.last_active_at)
        here = cards.join(Rested, Rested.card_id == Card.id).where(Rested.run_id == run.id, visible(Card, current_user))
        page = here.order_by(Card.id).limit(args["per_page"]).offset((args["page"] - 1) * args["per_page"])
        said = {name: getattr(run, name) for name in RunSchema().fields}
        return {**said, "rested": db.session.execute(page).all()}

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Undo it: each card that nobody has touched since goes back. For admins."""
        _undo(id)


@bp.route("/<int:id>/undo")
class Undo(MethodView):
    @bp.response(200, RunSchema)
    def post(self, id: int) -> Run:  # noqa: A002
        """Undo it, and say how many cards are back so far."""
        return _undo(id)


def _undo(id: int) -> Run:  # noqa: A002
    require(may_administer(current_user))
    run = Run.of(current_account, id)
    run.undo(current_user)
    db.session.commit()
    return run
