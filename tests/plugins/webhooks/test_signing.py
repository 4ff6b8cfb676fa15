"""Signatures, checked by the scheme's own library and by its own example."""

import base64
import hmac
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from standardwebhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from host import db
from plugins.webhooks.signing import new_secret, signed

pytestmark = pytest.mark.sqlite_only("the same on either")


@pytest.fixture
def request_of(receiver, hook, log, card, owner):
    """request_of(webhook): what its receiver got of the next event."""

    def one(server, webhook):
        card.keep(owner)
        log(webhook)
        return server.received[-1]

    return one


def test_the_published_example():
    """Of the libraries' tests: https://github.com/standard-webhooks/standard-webhooks."""
    headers = signed(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        datetime.fromtimestamp(1614265330, UTC),
        '{"test": 2432232314}',
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-timestamp"] == "1614265330"


def test_the_library_of_the_scheme_takes_what_is_sent(receiver, hook, request_of):
    server = receiver()
    webhook = hook(server)
    got = request_of(server, webhook)
    told = Verifier(webhook.secret).verify(got.body, got.headers)
    assert told["type"] == "card_kept"
    assert got.headers["content-type"] == "application/json"


@pytest.mark.parametrize("spoil", ["body", "id", "secret"])
def test_it_takes_nothing_that_was_changed(receiver, hook, request_of, spoil):
    server = receiver()
    webhook = hook(server)
    got = request_of(server, webhook)
    body = got.body.replace(b"card_kept", b"card_gone") if spoil == "body" else got.body
    headers = {**got.headers, "webhook-id": "msg_other"} if spoil == "id" else got.headers
    with pytest.raises(WebhookVerificationError):
        Verifier(new_secret() if spoil == "secret" else webhook.secret).verify(body, headers)


def test_for_a_day_the_secret_before_counts_too(receiver, hook, request_of, travel):
    server = receiver()
    webhook = hook(server)
    before = webhook.secret
    webhook.rotate()
    assert webhook.secret != before
    got = request_of(server, webhook)
    for secret in (before, webhook.secret):
        Verifier(secret).verify(got.body, got.headers)
    travel(days=1, minutes=1)
    got = request_of(server, webhook)
    assert len(got.headers["webhook-signature"].split()) == 1


def test_an_old_receiver_gets_an_hmac_of_the_body_alone(receiver, hook, request_of):
    server = receiver()
    webhook = hook(server, plain_signature=True)
    got = request_of(server, webhook)
    digest = hmac.new(webhook.secret.encode(), got.body, "sha256").hexdigest()
    assert got.headers["x-webhook-signature"] == digest
    assert datetime.fromisoformat(got.headers["x-webhook-timestamp"]) == datetime.fromisoformat(got.json["timestamp"])
    Verifier(webhook.secret).verify(got.body, got.headers)


def test_others_do_not(receiver, hook, request_of):
    server = receiver()
    assert "x-webhook-signature" not in request_of(server, hook(server)).headers


def test_a_secret_has_the_length_that_the_scheme_asks_for():
    key = base64.b64decode(new_secret().removeprefix("whsec_"))
    assert 24 <= len(key) <= 64
    assert new_secret() != new_secret()


def test_secrets_lie_sealed(hook):
    webhook = hook()
    kept = db.session.execute(text("SELECT url, secret FROM webhooks_webhook")).one()
    assert webhook.secret not in kept.secret
    assert "hooks.example" not in kept.url
