"""The space, the person whose token it is, and the others."""

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import PersonSchema, Utc
from host.models import Account, User
from host.web.login import current_account, current_user

bp = api_blueprint("api_people", __name__, description="The space and its people")


class AccountSchema(Schema):
    id = fields.Int()
    name = fields.Str()
    created_at = Utc()


@bp.route("/account")
class OneAccount(MethodView):
    @bp.response(200, AccountSchema)
    def get(self) -> Account:
        return current_account


@bp.route("/me")
class Me(MethodView):
    @bp.response(200, PersonSchema)
    def get(self) -> User:
        return current_user


@bp.route("/users")
class Users(MethodView):
    @bp.response(200, PersonSchema(many=True))
    def get(self) -> list[User]:
        return current_account.people
