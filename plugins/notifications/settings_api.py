"""The JSON API of what a person hears: their settings, the boards and cards they muted, a test."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host import Utc, api_blueprint, current_user, db, schedule
from plugins.notifications import choosing, muting, settings, trial
from plugins.notifications.bundle import Bundle
from plugins.notifications.form import PreferencesForm, ticked
from plugins.notifications.preferences import Preferences
from plugins.notifications.topics import topics

bp = api_blueprint(
    "notifications_settings_api", __name__, url_prefix="/notifications", description="What the token's person hears"
)


class TopicSchema(Schema):
    name = fields.Str()
    title = fields.Str()


class SettingsSchema(Schema):
    pace = fields.Str(metadata={"description": "never, half_hour, few_hours, daily or weekly"})
    hour = fields.Time(format="%H:%M", metadata={"description": "When the daily and the weekly bundle goes."})
    quiet_from = fields.Time(format="%H:%M", allow_none=True)
    quiet_to = fields.Time(format="%H:%M", allow_none=True)
    summary = fields.Bool()
    ways = fields.Function(ticked, metadata={"description": "topic:way, for each way that is wanted"})
    topics = fields.Function(lambda _theirs: TopicSchema(many=True).dump(topics()))
    mail_stopped_at = Utc(allow_none=True)
    mail_error = fields.Str(allow_none=True)
    mail_waiting = fields.Function(
        lambda theirs: getattr(Bundle.put_off(theirs.user), "error", None),
        metadata={"description": "Why the latest letter could not be sent yet, if one waits."},
    )


@bp.route("/settings")
class Settings(MethodView):
    @bp.response(200, SettingsSchema)
    def get(self) -> Preferences:
        """What you hear, how often and by which way."""
        return Preferences.of(current_user)

    @bp.arguments(PreferencesForm)
    @bp.response(200, SettingsSchema)
    def put(self, values: dict[str, Any]) -> Preferences:
        """Change it. Another pace sends what waits at once, or drops it."""
        choosing.choose(current_user, values)
        db.session.commit()
        return Preferences.of(current_user)


@bp.route("/settings/test")
class Test(MethodView):
    @bp.response(204)
    def post(self) -> None:
        """Send yourself a letter. How it went is a notification."""
        schedule(trial.run, key=str(current_user.id), user_id=current_user.id)
        db.session.commit()


@bp.route("/boards/<int:id>")
class BoardHearing(MethodView):
    @bp.response(200, settings.BoardForm)
    def get(self, id: int) -> dict[str, Any]:  # noqa: A002
        """What you hear of a board: all, mine (what concerns you) or nothing."""
        return dict(settings.read_board(current_user.board(id)))

    @bp.arguments(settings.BoardForm)
    @bp.response(200, settings.BoardForm)
    def put(self, values: dict[str, Any], id: int) -> dict[str, Any]:  # noqa: A002
        """Choose that."""
        board = current_user.board(id)
        settings.save_board(board, values, current_user)
        db.session.commit()
        return dict(settings.read_board(board))


@bp.route("/cards/<int:number>/mute")
class CardMute(MethodView):
    @bp.response(204)
    def put(self, number: int) -> None:
        """Hear nothing of a card, unless somebody mentions you or gives it to you."""
        muting.mute(current_user, current_user.card(number))
        db.session.commit()

    @bp.response(204)
    def delete(self, number: int) -> None:
        """Hear of it again."""
        muting.unmute(current_user, current_user.card(number))
        db.session.commit()
