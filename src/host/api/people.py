"""The space, the person whose token it is, and the others."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.schemas import PersonSchema, Utc
from host.db import db
from host.models import Account, User
from host.web.login import current_account, current_user

bp = api_blueprint("api_people", __name__, description="The space and its people")


class MeSchema(PersonSchema):
    email = fields.Email(allow_none=True)
    zone = fields.Str(allow_none=True, metadata={"description": "Such as Europe/Berlin; null is the server's own"})
    single_keys = fields.Bool(metadata={"description": "Whether a letter alone does something on the pages"})


class MeChange(Schema):
    name = fields.Str()
    handle = fields.Str(metadata={"description": "How you are mentioned: 1 to 32 of a-z, 0-9 and single hyphens"})
    zone = fields.Str(allow_none=True)
    single_keys = fields.Bool()


class AccountSchema(Schema):
    id = fields.Int()
    name = fields.Str()
    created_at = Utc()


@bp.route("/account")
class OneAccount(MethodView):
    @bp.response(200, AccountSchema)
    def get(self) -> Account:
        """Your space."""
        return current_account


@bp.route("/me")
class Me(MethodView):
    @bp.response(200, MeSchema)
    def get(self) -> User:
        """Whose token it is."""
        return current_user

    @bp.arguments(MeChange)
    @bp.response(200, MeSchema)
    def patch(self, given: dict[str, Any]) -> User:
        """Change your name, your handle or your time zone; what is left out stays."""
        current_user.introduce(given)
        db.session.commit()
        return current_user


@bp.route("/users")
class Users(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, PersonSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """The active people of your space by name."""
        return paged(current_account.active, args, PersonSchema())


@bp.route("/users/<int:id>")
class OneUser(MethodView):
    @bp.response(200, PersonSchema)
    def get(self, id: int) -> User:  # noqa: A002
        """Somebody of your space: also one who left, or the system user, who stands where nobody acted."""
        return current_account.person(id)
