"""What somebody is in the space: their role, ownership, and whether they are still here."""

from collections.abc import Callable
from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields, validate

from host.api.blueprint import api_blueprint
from host.api.schemas import PersonSchema
from host.db import db
from host.models import Role, User
from host.permissions import may_appoint, may_dismiss, may_hand_over, may_readmit, require
from host.web.login import current_account, current_user

bp = api_blueprint("api_standings", __name__, url_prefix="/users/<int:id>", description="What people are in the space")


class RoleChange(Schema):
    role = fields.Str(required=True, validate=validate.OneOf(["member", "admin"]))


@bp.route("/role")
class OneRole(MethodView):
    @bp.arguments(RoleChange)
    @bp.response(200, PersonSchema)
    def put(self, given: dict[str, Any], id: int) -> User:  # noqa: A002
        """Make somebody an admin or a member. For admins, of others; an owner stays one."""
        person = _who(id, may_appoint)
        person.appoint(Role(given["role"]), by=current_user)
        db.session.commit()
        return person


@bp.route("/deactivation")
class Deactivation(MethodView):
    @bp.response(200, PersonSchema)
    def put(self, id: int) -> User:  # noqa: A002
        """End their sign-ins and tokens for good; what they did stays. For admins, and of oneself; not of an owner."""
        person = _who(id, may_dismiss)
        person.dismiss(by=current_user)
        db.session.commit()
        return person

    post = put

    @bp.response(200, PersonSchema)
    def delete(self, id: int) -> User:  # noqa: A002
        """Let them in again. For admins."""
        person = _who(id, may_readmit)
        person.readmit(by=current_user)
        db.session.commit()
        return person


@bp.route("/ownership")
class Ownership(MethodView):
    @bp.response(200, PersonSchema)
    def put(self, id: int) -> User:  # noqa: A002
        """Hand the space over to them; you stay an admin. For owners."""
        person = _who(id, may_hand_over)
        current_user.hand_over(person)
        db.session.commit()
        return person


def _who(id: int, may: Callable[[User, User], bool]) -> User:  # noqa: A002
    person = current_account.person(id)
    require(may(current_user, person))
    return person
