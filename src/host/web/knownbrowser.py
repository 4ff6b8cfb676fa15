"""A mark that a browser keeps from a sign-in. Its wrong passwords are counted by themselves, so that whoever goes
through passwords elsewhere cannot keep a person out of the browsers that they use."""

import secrets
from hashlib import sha256

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

COOKIE = "fallow_browser"
KEPT = 60 * 60 * 24 * 365  # seconds


def mark_for(email: str) -> str:
    """This browser's, if somebody signed in here by this address before; else nothing."""
    try:
        whose, mark = _signer().loads(request.cookies.get(COOKIE, ""))
    except (BadData, TypeError, ValueError):
        return ""
    return str(mark) if whose == _whose(email) else ""


def leave_mark(response: Response, email: str) -> None:
    kept = _signer().dumps([_whose(email), mark_for(email) or secrets.token_urlsafe(12)])
    response.set_cookie(COOKIE, kept, max_age=KEPT, samesite="Lax", httponly=True, secure=request.is_secure)


def _whose(email: str) -> str:
    return sha256(email.strip().lower().encode(errors="replace")).hexdigest()[:32]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="known browser")
