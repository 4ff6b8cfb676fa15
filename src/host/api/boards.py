"""Boards, and who sees them."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.schemas import BOARD_WHOLE, IDS, BoardSchema, PersonSchema, Utc
from host.db import db
from host.errors import Invalid, NotFound
from host.i18n import _
from host.models import Access, Board, Role, User
from host.models.user import HUES
from host.web.login import current_account, current_user
from host.web.runboards import run_by_me, run_by_me_or_archived

bp = api_blueprint("api_boards", __name__, url_prefix="/boards", description="Boards, and who sees them")


class NewBoard(Schema):
    name = fields.Str(required=True)
    all_access = fields.Bool(load_default=True)
    copy_of = fields.Int(load_default=None, validate=IDS, metadata={"description": "The board that it is made after"})
    with_cards = fields.Bool(load_default=False, metadata={"description": "With its cards that are awake"})


class BoardsAsked(Paging):
    archived = fields.Bool(load_default=False, metadata={"description": "Those in the archive instead"})


class BoardChange(Schema):
    name = fields.Str()
    description = fields.Str(metadata={"description": "Markdown"})
    was = fields.Str(load_default="", metadata={"description": "The `words_version` that these words were made from"})
    hue = fields.Str(metadata={"enum": HUES})
    template = fields.Bool(metadata={"description": "Whether it is offered to whoever makes a new board"})
    all_access = fields.Bool(metadata={"description": "Turned on, everybody sees it; turned off, nobody loses it"})
    user_ids = fields.List(
        fields.Int(validate=IDS),
        metadata={"description": "The complete list of who sees it, which is then not for all: others lose it"},
    )


class AccessSchema(Schema):
    user = fields.Nested(PersonSchema)
    watching = fields.Bool(metadata={"description": "Whether they hear of what happens on its cards"})
    created_at = Utc()


@bp.route("")
class Boards(MethodView):
    @bp.arguments(BoardsAsked, location="query")
    @bp.response(200, BoardSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """The boards that you see, by name."""
        boards = current_user.archived_boards if args["archived"] else current_user.boards
        return paged(boards.options(*BOARD_WHOLE), args, BoardSchema())

    @bp.arguments(NewBoard)
    @bp.response(201, BoardSchema)
    def post(self, given: dict[str, Any]) -> Board:
        """Make a board, for all in the space or for yourself alone; or after another, and then open as that is."""
        board = _made(given)
        db.session.commit()
        return board


@bp.route("/<int:id>")
class OneBoard(MethodView):
    @bp.response(200, BoardSchema)
    def get(self, id: int) -> Board:  # noqa: A002
        """A board with its columns."""
        return current_user.board(id)

    @bp.arguments(BoardChange)
    @bp.response(200, BoardSchema)
    def patch(self, given: dict[str, Any], id: int) -> Board:  # noqa: A002
        """Change its name, description, colour, and who sees it; what is left out stays. For admins and its creator."""
        board = run_by_me(id)
        board.change(given, by=current_user, was=given["was"])
        if "template" in given:
            (board.offer if given["template"] else board.withdraw)(by=current_user)
        _share(board, given)
        db.session.commit()
        return board

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Remove it with all its cards. For admins and its creator."""
        board = run_by_me_or_archived(id)
        board.delete(by=current_user)
        db.session.commit()


@bp.route("/<int:id>/accesses")
class Accesses(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, AccessSchema(many=True))
    def get(self, args: dict[str, Any], id: int) -> Response:  # noqa: A002
        """Who sees the board, by name."""
        seen_by = select(Access).where(Access.board_id == current_user.board(id).id).join(Access.user)
        seen_by = seen_by.where(User.active).options(joinedload(Access.user, innerjoin=True))
        return paged(seen_by.order_by(User.name, User.id), args, AccessSchema())


@bp.route("/<int:id>/accesses/<int:user_id>")
class OneAccess(MethodView):
    @bp.response(204)
    def put(self, id: int, user_id: int) -> None:  # noqa: A002
        """Let somebody of the space see the board. For admins and its creator."""
        board = run_by_me(id)
        board.let_in([_active(user_id)], by=current_user)
        db.session.commit()

    @bp.response(204)
    def delete(self, id: int, user_id: int) -> None:  # noqa: A002
        """Let them see it no more: what they watched there and had to look after is taken from them. For admins and its
        creator; a board that was for all no longer is."""
        board = run_by_me(id)
        board.revoke([current_account.person(user_id)], by=current_user)
        db.session.commit()



def _made(given: dict[str, Any]) -> Board:
    if given["copy_of"] is None:
        return Board.create(given["name"], by=current_user, all_access=given["all_access"])
    original = current_user.known_board(given["copy_of"])
    return original.copy(given["name"], by=current_user, with_cards=given["with_cards"])


def _share(board: Board, given: dict[str, Any]) -> None:
    if given.get("all_access"):
        if "user_ids" in given:
            raise Invalid({"user_ids": [_("A board for all has no list.")]})
        board.open_to_all(by=current_user)
    elif "user_ids" in given:
        board.open_to(current_account.people_by_id(given["user_ids"]), by=current_user)
    elif "all_access" in given:
        board.close()


def _active(user_id: int) -> User:
    person = current_account.person(user_id)
    if not person.active or person.role is Role.SYSTEM:
        raise NotFound(_("There is no such person here."))
    return person
