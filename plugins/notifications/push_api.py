"""The JSON API of the browsers that are told while no page is open. Only a browser can add itself."""

from collections.abc import Sequence

from flask.views import MethodView
from marshmallow import Schema, fields

from host import Utc, api_blueprint, current_user, db
from plugins.notifications.push import PushSubscription

bp = api_blueprint(
    "notifications_push_api",
    __name__,
    url_prefix="/notifications/push",
    description="Which browsers of the token's person are told while no page is open",
)


class PushSchema(Schema):
    id = fields.Int()
    title = fields.Str(metadata={"description": "The browser and its system, as it named them."})
    failing_since = Utc(allow_none=True)
    last_error = fields.Str(allow_none=True)
    last_sent_at = Utc(allow_none=True)
    created_at = Utc()


@bp.route("")
class PushSubscriptions(MethodView):
    @bp.response(200, PushSchema(many=True))
    def get(self) -> Sequence[PushSubscription]:
        """Your browsers."""
        return PushSubscription.of(current_user)


@bp.route("/<int:id>")
class OnePushSubscription(MethodView):
    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Tell one of them no more."""
        PushSubscription.one_of(current_user, id=id).remove()
        db.session.commit()
