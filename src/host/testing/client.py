"""A browser for tests that keeps to itself: each request stands alone, as from another process."""

from contextvars import Context
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from host.db import db
from host.models import User
from host.models.session import UserSession

SEED = "0" * 40  # what Flask-WTF keeps in the session and signs into each form


class Client(FlaskClient):
    """Commits what the test did before each request, and sends the token that our forms and scripts send."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():  # not where one answer leads to the next request
            db.session.commit()  # also lets go of SQLite's write lock
        # Flask lends a request the context that a test has open, and with it session and signed-in person.
        return Context().run(super().open, *args, **kwargs)

    def trust(self) -> None:
        """Take a token as a first visit does, and send it from now on; to go without, give the header empty."""
        key = self.application.secret_key
        assert key  # noqa: S101 -- narrows the type
        with self.session_transaction() as session:
            session["csrf_token"] = SEED
        self.environ_base["HTTP_X_CSRFTOKEN"] = URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(SEED)


def sign_in(client: FlaskClient, user: User) -> None:
    """Sign the person in on this client, without the form."""
    signed_in = UserSession.open(user)
    db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = signed_in.get_id()
        session["_fresh"] = True
