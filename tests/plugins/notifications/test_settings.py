"""What a person chooses to hear, on the page and by API."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from sqlalchemy import func, select

from host import Card, User, db
from host.models import ApiToken
from host.models.token import Scope
from host.testing import Client
from plugins.notifications.models import Notification, unread_count
from plugins.notifications.notes import Note
from plugins.notifications.pace import Pace
from plugins.notifications.preferences import Preferences
from plugins.notifications.topics import COMMENTS, MENTIONS, Way

Told = Callable[[User], list[Note]]
PAGE = "/settings/mine/notifications/notifications"
ALL = [f"{topic}:{way}" for topic in ("mention", "assigned", "card", "board", "rested") for way in ("bell", "mail")]
CHOSEN = {"pace": "daily", "hour": "07:15", "quiet_from": "22:00", "quiet_to": "06:30", "ways": ALL}


def choose(client: Client, **given: Any) -> Any:
    return client.post(PAGE, data={**CHOSEN, **given})


def test_whoever_never_chose_has_what_we_would_choose(owner: User, client: Client) -> None:
    theirs = Preferences.of(owner)
    assert theirs.pace is Pace.HALF_HOUR
    assert theirs.ways(MENTIONS) == {Way.BELL, Way.DESKTOP, Way.MAIL}
    assert theirs.ways(COMMENTS) == {Way.BELL, Way.MAIL}
    page = client.get(PAGE).text
    assert 'value="half_hour" checked' in page
    assert 'aria-label="Comments on cards you watch: Bell" checked' in page
    assert db.session.scalar(select(func.count()).select_from(Preferences)) == 0


def test_a_choice_is_kept_and_shown(owner: User, client: Client) -> None:
    assert choose(client).status_code == 303
    db.session.expire_all()
    theirs = Preferences.of(owner)
    assert (theirs.pace, theirs.hour, theirs.quiet_from, theirs.quiet_to) == (
        Pace.DAILY,
        time(7, 15),
        time(22),
        time(6, 30),
    )
    assert theirs.ways(COMMENTS) == frozenset()
    page = client.get(PAGE).text
    assert 'value="daily" checked' in page
    assert 'value="07:15"' in page
    assert 'aria-label="Comments on cards you watch: Bell">' in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"pace": "hourly"}, "Choose one of these."),
        ({"hour": "25:00"}, "Write a time such as 08:30."),
        ({"quiet_from": ""}, "Quiet hours have a beginning and an end."),
        ({"quiet_to": ""}, "Quiet hours have a beginning and an end."),
        ({"quiet_to": "22:00"}, "Quiet hours end at another time than they begin."),
        ({"quiet_to": "late"}, "Write a time such as 08:30."),
        ({"ways": ["mention:pigeon"]}, "There is no “mention:pigeon”."),
    ],
)
def test_a_choice_that_cannot_be_is_refused_where_it_stands(
    given: dict[str, Any], said: str, owner: User, client: Client
) -> None:
    answer = choose(client, **given)
    assert answer.status_code == 422
    assert said in answer.text
    db.session.expire_all()
    assert Preferences.of(owner).pace is Pace.HALF_HOUR


def test_what_goes_by_no_way_is_not_told(card: Card, owner: User, odile: User, client: Client, told: Told) -> None:
    choose(client)
    card.comment("The rack", odile)
    assert told(owner) == []
    card.close(odile)
    assert len(told(owner)) == 1


def test_what_is_not_in_the_bell_is_not_counted_there(
    card: Card, owner: User, odile: User, client: Client, told: Told
) -> None:
    choose(client, ways=["comment:mail"])
    card.comment("The rack", odile)
    told(owner)
    assert db.session.scalar(select(func.count()).select_from(Notification)) == 1
    assert unread_count(owner) == 0
    assert "The rack" not in client.get("/notifications").text


def test_who_opens_the_card_has_read_it_by_whichever_way_it_came(
    card: Card, owner: User, odile: User, client: Client, told: Told
) -> None:
    choose(client, ways=["comment:mail"])
    card.comment("The rack", odile)
    told(owner)
    client.post(f"/notifications/cards/{card.number}/reading")
    db.session.expire_all()
    assert db.session.scalars(select(Notification)).one().read_at is not None


@pytest.fixture
def ask(anonymous: Client, owner: User) -> Callable[..., Any]:
    token = ApiToken.create(owner, name="tests", scope=Scope.WRITE)
    db.session.commit()

    def send(method: str, path: str, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        return anonymous.open(f"/api/v1/notifications{path}", method=method, headers=headers, **more)

    return send


def test_the_api_gives_and_takes_the_same(ask: Callable[..., Any]) -> None:
    before = ask("GET", "/settings").get_json()
    assert before["pace"] == "half_hour"
    assert "mention:desktop" in before["ways"]
    assert {"name": "comment", "title": "Comments on cards you watch"} in before["topics"]
    after = ask("PUT", "/settings", json={"pace": "never", "ways": ["mention:bell"], "summary": True}).get_json()
    assert (after["pace"], after["ways"], after["summary"]) == ("never", ["mention:bell"], True)


def test_the_api_refuses_what_the_page_refuses(ask: Callable[..., Any]) -> None:
    answer = ask("PUT", "/settings", json={"pace": "hourly"})
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == {"pace": ["Choose one of these."]}


@pytest.mark.parametrize("sent", [[], "daily", 7, [["pace", "daily"]]])
def test_the_api_refuses_what_is_no_object(sent: object, ask: Callable[..., Any]) -> None:
    assert ask("PUT", "/settings", json=sent).status_code == 422


def test_the_api_mutes_cards_and_boards(card: Card, ask: Callable[..., Any]) -> None:
    assert ask("PUT", f"/cards/{card.number}/mute").status_code == 204
    assert ask("DELETE", f"/cards/{card.number}/mute").status_code == 204
    assert ask("GET", f"/boards/{card.board_id}").get_json() == {"hear": "all"}
    assert ask("PUT", f"/boards/{card.board_id}", json={"hear": "nothing"}).get_json() == {"hear": "nothing"}
    assert ask("PUT", "/boards/999", json={"hear": "nothing"}).status_code == 404
