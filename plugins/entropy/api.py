"""The JSON API: the period of a space and of a board, what rests soon, what the next sweep would do."""

from datetime import timedelta
from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields, validate

from host import (
    Board,
    Paging,
    api_blueprint,
    current_account,
    current_user,
    db,
    may_administer,
    may_run,
    paged,
    require,
    visible,
)
from plugins.entropy import period, preview, soon
from plugins.entropy.duration import LIMITS, LONGEST, SHORTEST
from plugins.entropy.models import AccountEntropy, BoardEntropy
from plugins.entropy.period import Period, Source

bp = api_blueprint("entropy_api", __name__, description="After how long untouched cards rest")


class EntropySchema(Schema):
    period_seconds = fields.Int(attribute="seconds", allow_none=True, metadata={"description": "null: never"})
    source = fields.Enum(Source, by_value=True, metadata={"description": "Where it was said"})


class AccountEntropySchema(EntropySchema):
    golden_stays = fields.Bool(metadata={"description": "Golden cards never rest"})


class EntropyChoice(Schema):
    period_seconds = fields.Int(
        strict=True,
        required=True,
        allow_none=True,
        validate=validate.Range(SHORTEST, LONGEST, error=LIMITS),
        metadata={"description": "null: never"},
    )


class AccountEntropyChoice(EntropyChoice):
    golden_stays = fields.Bool(load_default=None, metadata={"description": "Left as it is when not given"})


class DueSchema(Schema):
    board_id = fields.Int()
    board = fields.Str()
    period_seconds = fields.Int()
    cards = fields.Int(metadata={"description": "How many cards would rest"})


class SweepPreviewSchema(Schema):
    cards = fields.Int(metadata={"description": "On all boards that you may see"})
    boards = fields.List(fields.Nested(DueSchema))


@bp.route("/account/entropy")
class AccountResource(MethodView):
    @bp.response(200, AccountEntropySchema)
    def get(self) -> Period:
        """The period of boards without one of their own."""
        return period.of_account(current_account)

    @bp.arguments(AccountEntropyChoice)
    @bp.response(200, AccountEntropySchema)
    def put(self, given: dict[str, Any]) -> Period:
        """Choose it. For admins."""
        require(may_administer(current_user))
        AccountEntropy.choose(current_account, given["period_seconds"], golden_stays=given["golden_stays"])
        db.session.commit()
        return period.of_account(current_account)


@bp.route("/boards/<int:id>/entropy")
class BoardResource(MethodView):
    @bp.response(200, EntropySchema)
    def get(self, id: int) -> Period:  # noqa: A002
        """The period that holds on this board, and where it was said."""
        return period.of_board(current_user.board(id))

    @bp.arguments(EntropyChoice)
    @bp.response(200, EntropySchema)
    def put(self, given: dict[str, Any], id: int) -> Period:  # noqa: A002
        """Give the board a period of its own. For admins and its creator."""
        board = _run_by_caller(id)
        BoardEntropy.choose(board, given["period_seconds"])
        db.session.commit()
        return period.of_board(board)

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Let the board follow its space again. For admins and its creator."""
        BoardEntropy.drop(_run_by_caller(id))
        db.session.commit()


@bp.route("/boards/<int:id>/postponing_soon")
class PostponingSoon(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, soon.SoonSchema(timedelta.max, many=True))
    def get(self, args: dict[str, Any], id: int) -> Response:  # noqa: A002
        """Cards with more than three quarters of their time behind them, the longest untouched first."""
        board = current_user.board(id)
        length = period.of_board(board).length or timedelta.max  # never: then there is no card to ask it of
        return paged(soon.on_board(board), args, soon.SoonSchema(length))


@bp.route("/entropy/preview")
class Preview(MethodView):
    @bp.response(200, SweepPreviewSchema)
    def get(self) -> dict[str, Any]:
        """What the next sweep would do, if it ran now."""
        boards = preview.due(visible(Board, current_user))
        return {"cards": sum(each.cards for each in boards), "boards": boards}


def _run_by_caller(id: int) -> Board:  # noqa: A002
    board = current_user.board(id)
    require(may_run(current_user, board))
    return board
