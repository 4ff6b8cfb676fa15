"""What a space decides about its posts."""

import pytest

from host import db
from host.testing import sign_in
from plugins.publishing.links import tagged, template_of
from plugins.publishing.policy import GAP, GRACE, Policy

PAGE = "/settings/plugin/publishing/publishing"
TYPED = {"grace_hours": "2", "gap_minutes": "0", "approval": "1", "always_ask": "1", "utm": "?utm_source={network}"}


@pytest.fixture
def policy(account):
    def read():
        db.session.expire_all()
        return Policy.of(account.id)

    return read


def test_the_page_shows_what_holds_where_nobody_decided(client, policy):
    page = client.get(PAGE).text
    assert 'name="grace_hours"' in page
    assert 'value="6"' in page
    assert 'value="15"' in page
    assert (policy().grace_seconds, policy().gap_seconds) == (GRACE, GAP)


def test_what_is_decided_is_kept(client, policy):
    assert client.post(PAGE, data=TYPED).status_code == 303
    kept = policy()
    assert (kept.grace_seconds, kept.gap_seconds) == (7200, 0)
    assert (kept.approval, kept.alt_text, kept.always_ask) == (True, False, True)
    assert kept.utm == "utm_source={network}"
    page = client.get(PAGE).text
    assert "https://example.org/tea?size=small&amp;utm_source=mastodon" in page
    assert "https://example.org/tea?size=small&amp;utm_source=x" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("grace_hours", "-1", "A whole number from 0 to 336."),
        ("grace_hours", "337", "A whole number from 0 to 336."),
        ("grace_hours", "", "A whole number from 0 to 336."),
        ("grace_hours", "9" * 40, "A whole number from 0 to 336."),
        ("gap_minutes", "1.5x", "A whole number from 0 to 1440."),
        ("utm", "social", "Write name=value"),
        ("utm", "a b=c", "Write name=value"),
        ("utm", "utm_source=", "Write name=value"),
        ("utm", "utm_source={user}", "Only {network} is filled in."),
        ("utm", "a=" + "b" * 500, "This is too long."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(client, policy, field, value, said):
    answer = client.post(PAGE, data={**TYPED, field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert f'id="f-{field}-errors"' in answer.text
    assert policy().grace_seconds == GRACE


def test_links_are_shown_while_it_is_typed(client):
    shown = client.get("/publishing/settings/links?utm=utm_medium%3Dsocial").text
    assert "size=small&amp;utm_medium=social" in shown
    assert "<html" not in shown
    assert "Write name=value" in client.get("/publishing/settings/links?utm=social").text


def test_only_admins_decide(app, member, policy):
    client = app.test_client()
    sign_in(client, member)
    client.trust()
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, data=TYPED).status_code == 403
    assert client.get("/publishing/settings/links").status_code == 403
    assert policy().grace_seconds == GRACE


@pytest.mark.sqlite_only("no table is asked")
def test_a_template_that_is_taken_does_what_it_says():
    template = template_of(" ?utm_source={network}&utm_medium=social ")
    assert (
        tagged("See https://a.example/b.", template, "x") == "See https://a.example/b?utm_source=x&utm_medium=social."
    )
    assert template_of("") == ""
