"""Saved views: filters that you keep under a name."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.db import db
from host.filters import Filter
from host.models import SavedView
from host.web.login import current_user

bp = api_blueprint("api_views", __name__, url_prefix="/views", description="Filters that you keep under a name")

COLUMNS = {"description": "Whether it is seen as the columns of the one board that it asks for"}


class FilterField(fields.Dict):
    """The words of `GET /cards` with their values; what means nothing is left out."""

    def __init__(self, **more: Any) -> None:
        example = {"tag": ["garden"], "assignee": ["3", "nobody"]}
        metadata = {"description": "Words of `GET /cards` with their values", "example": example}
        super().__init__(keys=fields.Str(), values=fields.List(fields.Str()), metadata=metadata, **more)


class ViewSchema(Schema):
    id = fields.Int()
    name = fields.Str()
    filter = FilterField(attribute="asked")
    columns = fields.Bool(attribute="columned", metadata=COLUMNS)


class NewView(Schema):
    name = fields.Str(required=True)
    filter = FilterField(required=True)
    columns = fields.Bool(load_default=False, metadata=COLUMNS)


class ViewChange(Schema):
    name = fields.Str()
    filter = FilterField()
    columns = fields.Bool(metadata=COLUMNS)


@bp.route("")
class Views(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, ViewSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """Your views by name."""
        return paged(SavedView.of(current_user), args, ViewSchema())

    @bp.arguments(NewView)
    @bp.response(201, ViewSchema)
    def post(self, given: dict[str, Any]) -> SavedView:
        """Keep one."""
        view = SavedView.keep(current_user, given["name"], _asked(given), columned=given["columns"])
        db.session.commit()
        return view


@bp.route("/<int:id>")
class OneView(MethodView):
    @bp.response(200, ViewSchema)
    def get(self, id: int) -> SavedView:  # noqa: A002
        """One of yours."""
        return SavedView.one(current_user, id)

    @bp.arguments(ViewChange)
    @bp.response(200, ViewSchema)
    def patch(self, given: dict[str, Any], id: int) -> SavedView:  # noqa: A002
        """Rename it, or have it ask for something else; what is left out stays."""
        view = SavedView.one(current_user, id)
        if "name" in given:
            view.rename(given["name"])
        if {"filter", "columns"} & given.keys():
            asked = _asked(given) if "filter" in given else view.asked
            view.replace(asked, columned=given.get("columns", view.columned))
        db.session.commit()
        return view

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Keep it no more."""
        SavedView.one(current_user, id).delete()
        db.session.commit()


def _asked(given: dict[str, Any]) -> dict[str, list[str]]:
    return Filter.kept(given["filter"]).query
