"""The bell, its tray and the list, in a browser without JavaScript and as htmx asks."""

import re
from collections.abc import Callable

import pytest
from markupsafe import escape

from host import Card, User, db
from host.testing import Client
from plugins.notifications import bell
from plugins.notifications.models import unread_count
from plugins.notifications.notes import Note

Told = Callable[[User], list[Note]]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def note(card: Card, owner: User, odile: User, told: Told) -> Note:
    """Odile said something on Ada's card."""
    card.comment("The <b>rack</b>, not the *portrait*.", odile)
    return told(owner)[0]


def test_the_bell_says_how_many_wait(note: Note, client: Client) -> None:
    page = client.get("/notifications").text
    assert 'aria-label="Notifications, 1 unread"' in page
    assert '<b class="pill badge">1</b>' in page


def test_the_bell_is_silent_when_all_is_read(client: Client) -> None:
    page = client.get("/notifications").text
    assert 'aria-label="Notifications"' in page
    assert "badge" not in page


@pytest.mark.parametrize(("count", "shown"), [(0, ""), (1, "1"), (99, "99"), (100, "99+")])
def test_the_badge_has_room_for_two_digits(count: int, shown: str) -> None:
    assert bell.badge(count) == shown


def test_the_bell_asks_again_for_itself_alone(note: Note, client: Client) -> None:
    fragment = client.get("/notifications/bell", headers=HTMX).text
    assert fragment.lstrip().startswith("<a ")
    assert 'hx-trigger="live:notifications from:body"' in fragment
    assert "<html" not in fragment


def test_the_list_says_who_and_what_and_when_and_what_is_unread(note: Note, client: Client) -> None:
    page = client.get("/notifications").text
    assert "Last 30 minutes" in page
    assert "Interview the bakers" in page
    assert str(escape("Odile Marsh: “The <b>rack</b>, not the portrait.”")) in page
    assert "just now" in page
    assert re.search(rf'id="page-note-{note.told.id}" data-unread', page)


def test_an_empty_list_says_so(client: Client) -> None:
    page = client.get("/notifications").text
    assert "All quiet" in page
    assert "Mark all read" not in page


def test_the_tray_holds_the_same(note: Note, client: Client) -> None:
    tray = client.get("/notifications/tray", headers=HTMX).text
    assert "Interview the bakers" in tray
    assert "Mark all read" in tray
    assert "<html" not in tray


def test_clicking_one_reads_it_and_opens_the_card(note: Note, card: Card, owner: User, client: Client) -> None:
    answer = client.post(f"/notifications/{note.told.id}/opening")
    assert (answer.status_code, answer.location) == (303, f"/cards/{card.number}")
    assert unread_count(owner) == 0


def test_marking_one_leads_back_to_the_list(note: Note, owner: User, client: Client) -> None:
    answer = client.post(f"/notifications/{note.told.id}/reading")
    assert (answer.status_code, answer.location) == (303, "/notifications")
    assert unread_count(owner) == 0
    client.post(f"/notifications/{note.told.id}/reading/delete")
    assert unread_count(owner) == 1


def test_marking_one_by_htmx_makes_the_page_look_again(note: Note, client: Client) -> None:
    answer = client.post(f"/notifications/{note.told.id}/reading", headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (204, "live:notifications")


def test_marking_all(note: Note, owner: User, client: Client) -> None:
    assert client.post("/notifications/readings").status_code == 303
    assert unread_count(owner) == 0


def test_looking_changes_nothing(note: Note, card: Card, owner: User, client: Client) -> None:
    for address in ("/notifications", "/notifications/tray", "/notifications/bell", f"/cards/{card.number}"):
        assert client.get(address).status_code == 200
    assert unread_count(owner) == 1


def test_a_card_page_offers_to_read_what_is_new_about_it(note: Note, card: Card, owner: User, client: Client) -> None:
    address = f"/notifications/cards/{card.number}/reading"
    page = client.get(f"/cards/{card.number}").text
    assert f'action="{address}" data-reading="now"' in page
    answer = client.post(address)
    assert (answer.status_code, answer.location) == (303, f"/cards/{card.number}")
    assert unread_count(owner) == 0
    assert f'action="{address}" data-reading="later"' in client.get(f"/cards/{card.number}").text


def test_reading_a_card_that_nothing_was_told_of_is_fine(card: Card, client: Client) -> None:
    assert client.post(f"/notifications/cards/{card.number}/reading").status_code == 303


def test_somebody_elses_is_not_there(note: Note, client: Client, odile: User, told: Told) -> None:
    theirs = note.told.id + 1000
    for address in (
        f"/notifications/{theirs}/opening",
        f"/notifications/{theirs}/reading",
        "/notifications/cards/77/reading",
    ):
        assert client.post(address).status_code == 404


@pytest.mark.parametrize("page", ["0", "-3", "much", "99999999999999999999"])
def test_a_page_that_cannot_be_is_the_first_or_empty(page: str, note: Note, client: Client) -> None:
    assert client.get(f"/notifications?page={page}").status_code == 200


def test_without_the_token_of_a_form_nothing_is_read(note: Note, owner: User, client: Client) -> None:
    client.environ_base.pop("HTTP_X_CSRFTOKEN")
    assert client.post("/notifications/readings").status_code == 400
    assert unread_count(owner) == 1


def test_nobody_signed_in_sees_nothing(anonymous: Client) -> None:
    assert anonymous.get("/notifications").status_code == 302


def test_older_ones_have_a_page_of_their_own(card: Card, owner: User, odile: User, told: Told, client: Client) -> None:
    for number in range(51):
        card.board.add_card(f"Older {number:02}", by=odile)
    told(owner)
    first, second = client.get("/notifications").text, client.get("/notifications?page=2").text
    assert first.count('class="opens"') == 50
    assert 'rel="next"' in first
    assert second.count('class="opens"') == 1
    assert 'rel="prev"' in second
    db.session.rollback()
