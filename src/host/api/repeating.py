"""`Idempotency-Key`: a POST that is sent again by the same name is answered as before, and not done again.

After draft-ietf-httpapi-idempotency-key-header: 422 for the same key with another request, 409 while the first is still
being carried out. The key is written in the transaction of what the request does, so one cannot be without the other;
what was refused has done nothing, and may be sent again.
"""

import hashlib
from http import HTTPStatus

from flask import Response, g, request

from host.db import db
from host.errors import Fault, Invalid
from host.i18n import _
from host.models.request_key import LONGEST, RequestKey

HEADER, REPLAYED = "Idempotency-Key", "Idempotent-Replayed"
KEPT_HEADERS = frozenset({"Content-Type", "Location", "Link"})
LARGEST = 2**20  # bytes of an answer that are kept


def replay() -> Response | None:
    """The answer that this request had before. Raises Invalid and Fault."""
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None:
        return None
    if not key.strip() or len(key) > LONGEST or not key.isprintable():
        raise Invalid({HEADER: [_("A key is a text of 1 to %(most)s printable characters.", most=LONGEST)]})
    fingerprint = _fingerprint()
    before = RequestKey.begin(g.token.user, key, fingerprint)
    if before is None:
        g.request_key = (g.token.user.id, key)
        return None
    if before.fingerprint != fingerprint:
        raise Invalid({HEADER: [_("This key was used for another request.")]})
    if before.status is None:
        raise Fault(_("A request with this key is under way, or its answer was lost. Look before you repeat it."))
    return _again(before)


def keep(response: Response) -> Response:
    """Once what the request did is committed; what is not, is not."""
    mine: tuple[int, str] | None = g.pop("request_key", None)
    if mine is None:
        return response
    db.session.rollback()
    whole = response.get_data()
    if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR and len(whole) <= LARGEST:
        headers = [[name, value] for name, value in response.headers if name in KEPT_HEADERS]
        RequestKey.keep_answer(*mine, {"status": response.status_code, "headers": headers, "body": whole})
        db.session.commit()
    return response


def _again(before: RequestKey) -> Response:
    answer = Response(before.body or b"", status=before.status)
    for name, value in before.headers or ():
        answer.headers[name] = value
    answer.headers[REPLAYED] = "true"
    return answer


def _fingerprint() -> str:
    """Of the address and of what was sent; of a file only its length, since it is not read twice."""
    body = request.get_data(cache=True) if request.is_json else str(request.content_length).encode()
    return hashlib.sha256(b"\n".join([request.full_path.encode(), body])).hexdigest()
