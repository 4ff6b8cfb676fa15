"""Cards and boards of which somebody wants to hear nothing."""

from collections.abc import Callable

import pytest

from host import Board, Card, User, db, notice_kind, notify
from host.testing import Client
from plugins.notifications import muting
from plugins.notifications.notes import Note

Told = Callable[[User], list[Note]]


@pytest.fixture(params=["card", "board"])
def muted(request: pytest.FixtureRequest, card: Card, odile: User) -> Card | Board:
    """Odile watches everything, and mutes the card or its board."""
    card.watch(odile)
    card.board.watch(odile)
    what: Card | Board = card if request.param == "card" else card.board
    muting.mute(odile, what)
    muting.mute(odile, what)
    return what


def test_what_is_muted_tells_nothing(muted: Card | Board, card: Card, owner: User, odile: User, told: Told) -> None:
    card.comment("Not for her", owner)
    card.close(owner)
    assert told(odile) == []


def test_others_hear_of_it(muted: Card | Board, card: Card, owner: User, odile: User, told: Told) -> None:
    card.comment("For Ada", odile)
    assert len(told(owner)) == 1


def test_who_is_spoken_to_or_given_the_card_hears_of_that(
    muted: Card | Board, card: Card, owner: User, odile: User, told: Told
) -> None:
    card.comment(f"@{odile.handle}, look", owner)
    assert told(odile)[0].text.startswith("Ada Field mentioned you")
    card.assign(odile, by=owner)
    assert told(odile)[0].text == "Ada Field assigned you."


def test_a_notice_comes_through(muted: Card | Board, card: Card, odile: User, told: Told) -> None:
    notify([odile], notice_kind("notifications.trial", title="A trial"), "All is well.", "/boards", card)
    assert [note.text for note in told(odile)] == ["All is well."]


def test_after_unmuting_it_tells_again(muted: Card | Board, card: Card, owner: User, odile: User, told: Told) -> None:
    muting.unmute(odile, muted)
    card.comment("For her again", owner)
    assert len(told(odile)) == 1


def test_a_card_is_muted_and_unmuted_on_its_page(card: Card, owner: User, client: Client) -> None:
    assert 'id="muting" type="submit" aria-pressed="false"' in client.get(f"/cards/{card.number}").text
    client.post(f"/notifications/cards/{card.number}/mute")
    assert muting.is_muted(owner, card)
    assert 'id="muting" type="submit" aria-pressed="true"' in client.get(f"/cards/{card.number}").text
    client.post(f"/notifications/cards/{card.number}/mute/delete")
    assert not muting.is_muted(owner, card)


def test_a_card_that_one_may_not_see_cannot_be_muted(client: Client) -> None:
    assert client.post("/notifications/cards/999/mute").status_code == 404


@pytest.mark.parametrize(
    ("hear", "watching", "muted"), [("all", True, False), ("mine", False, False), ("nothing", False, True)]
)
def test_each_person_chooses_what_they_hear_of_a_board(
    hear: str, watching: bool, muted: bool, board: Board, owner: User, client: Client
) -> None:
    page = f"/boards/{board.id}/settings/notifications/notifications"
    assert client.post(page, data={"hear": hear}).status_code == 303
    db.session.expire_all()
    assert muting.is_muted(owner, board) is muted
    assert f'value="{hear}" checked' in client.get(page).text


def test_a_choice_that_there_is_not_changes_nothing(board: Board, owner: User, client: Client) -> None:
    answer = client.post(f"/boards/{board.id}/settings/notifications/notifications", data={"hear": "half"})
    assert answer.status_code == 422
    assert "Choose one of these." in answer.text
    assert not muting.is_muted(owner, board)
