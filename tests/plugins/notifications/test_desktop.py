"""What an open page shows outside of itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from host import Card, User, db, now
from host.testing import Client
from plugins.notifications.notes import Note
from plugins.notifications.preferences import Preferences

Told = Callable[[User], list[Note]]


@pytest.fixture
def news(client: Client) -> Callable[..., Any]:
    """`news(since)`: what the page is given, by default of the last hour."""

    def ask(since: str = "") -> Any:
        wanted = since or (now() - timedelta(hours=1)).isoformat()
        return client.get(f"/notifications/desktop?since={quote(wanted)}").get_json()

    return ask


def test_what_is_chosen_for_the_desktop_is_shown_once(
    card: Card, owner: User, odile: User, told: Told, news: Callable[..., Any]
) -> None:
    card.comment(f"@{owner.handle}, look", odile)
    (note,) = told(owner)
    first = news()
    assert [each["title"] for each in first["notes"]] == ["Interview the bakers"]
    assert first["notes"][0]["url"] == f"/cards/{card.number}"
    assert first["until"] == note.told.updated_at.isoformat()
    assert news(first["until"])["notes"] == []


def test_what_is_not_chosen_or_read_already_is_not(
    card: Card, owner: User, odile: User, told: Told, news: Callable[..., Any]
) -> None:
    card.comment("Only for the bell", odile)
    told(owner)
    assert news()["notes"] == []
    card.comment(f"@{owner.handle}, look", odile)
    told(owner)[0].told.read()
    db.session.commit()
    assert news()["notes"] == []


def test_nothing_is_shown_in_quiet_hours(
    card: Card, owner: User, odile: User, told: Told, news: Callable[..., Any]
) -> None:
    local = now().astimezone(owner.timezone)
    theirs = Preferences.kept(owner)
    theirs.quiet_from, theirs.quiet_to = (local - timedelta(hours=1)).time(), (local + timedelta(hours=1)).time()
    card.comment(f"@{owner.handle}, look", odile)
    told(owner)
    assert news()["notes"] == []


@pytest.mark.parametrize("since", ["yesterday", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "\x00"])
def test_a_time_that_is_none_means_from_now_on(since: str, news: Callable[..., Any]) -> None:
    assert news(since)["notes"] == []
