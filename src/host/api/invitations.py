"""Links by which people join the space."""

from typing import Any

from flask import url_for
from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import Utc
from host.db import db
from host.models import Invitation
from host.permissions import may_administer, require
from host.web.login import current_account, current_user

bp = api_blueprint("api_invitations", __name__, url_prefix="/invitations", description="Invitations to the space")


class NewInvitation(Schema):
    uses = fields.Int(load_default=10, metadata={"description": "How many may join by it"})
    days = fields.Int(load_default=14, metadata={"description": "For how many days"})


class InvitationSchema(Schema):
    id = fields.Int()
    url = fields.Function(lambda each: url_for("joins.new", key=each.key, _external=True), metadata={"type": "string"})
    uses = fields.Int()
    used = fields.Int()
    open = fields.Bool(metadata={"description": "Whether somebody may still join by it"})
    created_at = Utc()
    expires_at = Utc()


@bp.route("")
class Invitations(MethodView):
    @bp.response(200, InvitationSchema(many=True))
    def get(self) -> list[Invitation]:
        """The newest first, ended ones among them."""
        return Invitation.of(current_account)

    @bp.arguments(NewInvitation)
    @bp.response(201, InvitationSchema)
    def post(self, given: dict[str, Any]) -> Invitation:
        """Make one. For admins."""
        require(may_administer(current_user))
        made = Invitation.create(by=current_user, **given)
        db.session.commit()
        return made


@bp.route("/<int:id>")
class OneInvitation(MethodView):
    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Take it back. For admins."""
        _of_admin(id).revoke(by=current_user)
        db.session.commit()


@bp.route("/<int:id>/reset")
class InvitationReset(MethodView):
    @bp.response(200, InvitationSchema)
    def post(self, id: int) -> Invitation:  # noqa: A002
        """Give it a new link, for as many people and days as at first. For admins."""
        found = _of_admin(id)
        found.reset(by=current_user)
        db.session.commit()
        return found


def _of_admin(id: int) -> Invitation:  # noqa: A002
    found = Invitation.one(current_account, id)
    require(may_administer(current_user))
    return found
