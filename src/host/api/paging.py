"""Pages of a list: `?page=`, `?per_page=` (at most 100), and `Link` headers to the others (RFC 8288)."""

from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, request
from marshmallow import Schema, fields, validate
from sqlalchemy import Select, func, select
from werkzeug.urls import iri_to_uri

from host.db import db

MOST = 100


class Paging(Schema):
    """What every list takes."""

    page = fields.Int(load_default=1, validate=validate.Range(1, 1_000_000))
    per_page = fields.Int(load_default=50, validate=validate.Range(1, MOST))


def paged(query: Select[Any], args: dict[str, Any], dump: Schema) -> Response:
    """One page of the query's rows, as JSON with its Link header."""
    page, per_page = args["page"], args["per_page"]
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    rows = db.session.scalars(query.limit(per_page).offset((page - 1) * per_page)).all()
    answer = jsonify(dump.dump(rows, many=True))
    answer.headers["X-Total-Count"] = str(total)
    last = max(1, -(-total // per_page))
    targets = {"first": 1, "prev": page - 1, "next": page + 1, "last": last}
    links = [f'<{_address(number)}>; rel="{name}"' for name, number in targets.items() if 1 <= number <= last]
    answer.headers["Link"] = ", ".join(links)
    return answer


def _address(page: int) -> str:
    args = {**request.args.to_dict(flat=False), "page": [str(page)]}
    return iri_to_uri(f"{request.base_url}?{urlencode(args, doseq=True)}")
