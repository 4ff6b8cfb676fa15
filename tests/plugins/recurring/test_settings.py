"""How many days a network is left alone: what a space decides."""

import pytest

from host import db
from host.testing import sign_in
from plugins.recurring.gaps import Gaps

PAGE = "/settings/plugin/recurring/recurring"
TYPED = {"days-feed": "0", "days-x": "10", "days-linkedin": "14", "days-mastodon": "2"}


@pytest.fixture
def gaps(account):
    def read():
        db.session.expire_all()
        return Gaps.of(account.id)

    return read


def test_the_page_shows_what_holds_where_nobody_decided(client, gaps):
    page = client.get(PAGE).text
    assert 'name="days-x"' in page
    assert 'value="7"' in page
    assert 'value="14"' in page
    assert "X refuses repeats, so 7 days are advised." in page
    assert "Fewer than" not in page
    assert (gaps().days("x"), gaps().days("linkedin"), gaps().days("mastodon")) == (7, 14, 0)


def test_what_is_decided_is_kept_and_only_that(client, gaps):
    assert client.post(PAGE, data={**TYPED, "days-nowhere": "5"}).status_code == 303
    assert gaps().by_network == {"x": 10, "mastodon": 2}
    assert gaps().days("linkedin") == 14


def test_fewer_than_a_network_bears_is_kept_with_a_warning(client, gaps):
    client.post(PAGE, data={**TYPED, "days-x": "3"})
    assert gaps().days("x") == 3
    page = client.get(PAGE).text
    assert "Fewer than 7 days may get posts refused, or the account at X locked." in page
    assert "account at LinkedIn locked" not in page


def test_a_network_whose_plugin_is_off_keeps_its_days(client, gaps, account):
    Gaps.kept(account).by_network = {"orchard.apple": 4}
    db.session.commit()
    client.post(PAGE, data=TYPED)
    assert gaps().days("orchard.apple") == 4


@pytest.mark.parametrize("value", ["-1", "366", "", "1.5x", "many", "9" * 40])
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(client, gaps, value):
    answer = client.post(PAGE, data={**TYPED, "days-x": value})
    assert answer.status_code == 422
    assert 'id="f-days-x-errors"' in answer.text
    assert "A whole number from 0 to 365." in answer.text
    assert f'value="{value}"' in answer.text
    assert gaps().days("x") == 7


def test_only_admins_decide(app, member, gaps):
    client = app.test_client()
    sign_in(client, member)
    client.trust()
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, data=TYPED).status_code == 403
    assert gaps().by_network == {}
