"""Short answers to a card and to the comments on it."""

from collections.abc import Sequence
from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from host.api.blueprint import api_blueprint
from host.api.schemas import IDS, PersonNameSchema, Utc
from host.db import db
from host.models import Reaction
from host.web.login import current_user

bp = api_blueprint("api_reactions", __name__, url_prefix="/cards/<int:number>/reactions", description="Short answers")


class ReactionSchema(Schema):
    id = fields.Int()
    content = fields.Str()
    comment_id = fields.Int(allow_none=True, metadata={"description": "null: to the card itself"})
    creator = fields.Nested(PersonNameSchema, allow_none=True)
    at = Utc()


class NewReaction(Schema):
    content = fields.Str(required=True, metadata={"description": "1 to 16 characters"})
    comment = fields.Int(strict=True, load_default=None, allow_none=True, validate=IDS)


@bp.route("")
class Reactions(MethodView):
    @bp.response(200, ReactionSchema(many=True))
    def get(self, number: int) -> Sequence[Reaction]:
        """All of them, the oldest first."""
        found = select(Reaction).filter_by(card_id=current_user.card(number).id).where(Reaction.standing)
        return db.session.scalars(found.options(selectinload(Reaction.creator)).order_by(Reaction.id)).all()

    @bp.arguments(NewReaction)
    @bp.response(201, ReactionSchema)
    def post(self, given: dict[str, Any], number: int) -> Reaction:
        """Answer the card, or a comment; it counts as activity. The same again changes nothing."""
        card = current_user.card(number)
        comment = None if given["comment"] is None else card.said(given["comment"])
        reaction = card.react(given["content"], current_user, comment=comment)
        db.session.commit()
        return reaction


@bp.route("/<int:id>")
class OneReaction(MethodView):
    @bp.response(204)
    def delete(self, number: int, id: int) -> None:  # noqa: A002
        """Take yours back; for ten minutes it can be restored."""
        current_user.card(number).take_reaction_back(id, current_user)
        db.session.commit()


@bp.route("/<int:id>/restoration")
class ReactionRestorations(MethodView):
    @bp.response(200, ReactionSchema)
    def post(self, number: int, id: int) -> Reaction:  # noqa: A002
        """Bring back one of yours that you took back within the last ten minutes; it is no activity again."""
        reaction = current_user.card(number).bring_back_reaction(id, current_user)
        db.session.commit()
        return reaction
