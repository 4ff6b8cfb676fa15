"""The JSON API of backups, for who looks after the installation."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host import Shelf, Utc, api_blueprint, current_user, db, may_operate, require, schedule
from plugins.backups import daily

bp = api_blueprint("backups_api", __name__, url_prefix="/backups", description="Backups of the whole installation")


class BackupSchema(Schema):
    name = fields.Str()
    at = Utc(metadata={"description": "When it was made"})
    size = fields.Int(metadata={"description": "In bytes"})
    before_restore = fields.Bool(metadata={"description": "Made by a restore, of what was there before"})


@bp.route("")
class Backups(MethodView):
    @bp.response(200, BackupSchema(many=True))
    def get(self) -> list[Any]:
        """Those in the folder of backups, the newest first."""
        require(may_operate(current_user))
        return list(Shelf().all())

    @bp.response(202, BackupSchema(many=True))
    def post(self) -> list[Any]:
        """Make one, in a job, soon. Gives those there are so far."""
        require(may_operate(current_user))
        schedule(daily.make, key="asked for")
        db.session.commit()
        return list(Shelf().all())
