"""What plugins say to people: one event, in the plugin's own transaction, for those it names."""

import pytest
from flask import Flask

from host import Account, Board, Card, User, db, notice_kind, notice_kinds, notify
from host.models import Event
from host.notices import LONGEST_TEXT, NOTICE_KINDS
from host.web.eventwords import kinds

FAILED = notice_kind("orchard.failed", title="A tree fails")


@pytest.fixture
def card(board: Board) -> Card:
    card = board.add_card("Graft the pears")
    db.session.commit()
    return card


@pytest.fixture
def elsewhere(app: Flask) -> User:
    """Zoe, who opened another space."""
    return Account.open("Quarry", owner_name="Zoe Stone", email="zoe@example.org")


def said() -> list[Event]:
    return list(db.session.scalars(db.select(Event).filter_by(kind="notice")))


def test_a_notice_about_a_card_stands_in_its_log(card, owner, member, account):
    before = card.last_active_at
    notify([member, owner, member], FAILED, "The graft did not take.", "/cards/1", card)
    db.session.commit()
    [event] = said()
    assert event.particulars == {
        "about": "orchard.failed",
        "people": [owner.id, member.id],
        "text": "The graft did not take.",
        "url": "/cards/1",
    }
    assert (event.card, event.board_id, event.creator, event.automatic) == (card, card.board_id, account.system, True)
    assert card.last_active_at == before


def test_a_notice_about_nothing_in_particular_stands_in_the_log_of_the_space(owner, account):
    event = notify([owner], FAILED, "No tree grows.", "https://example.org/trees?a=1#b")
    assert event is not None
    assert (event.account_id, event.board_id, event.card_id) == (account.id, None, None)


def test_it_is_taken_back_with_what_it_tells_of(owner, card):
    notify([owner], FAILED, "The graft did not take.", "/cards/1", card)
    db.session.rollback()
    assert said() == []


def test_nobody_to_tell_is_no_event(card):
    assert notify([], FAILED, "The graft did not take.", "/cards/1", card) is None
    assert said() == []


def test_a_notice_stays_in_one_space(card, owner, elsewhere):
    for people in ([owner, elsewhere], [elsewhere]):
        with pytest.raises(ValueError, match="one space"):
            notify(people, FAILED, "The graft did not take.", "/cards/1", card)
    assert said() == []


def test_a_text_from_elsewhere_is_made_fit(owner):
    """A network's own words may be long and odd, and the notice of a failure must not fail on them."""
    event = notify([owner], FAILED, "Refused:\n\x00 " + "x" * 600, "/")
    assert event is not None
    text = event.particulars["text"]
    assert (text[:12], text[-2:], len(text)) == ("Refused: xxx", "x…", LONGEST_TEXT)
    assert len(str(notify([owner], FAILED, "x" * 500, "/").particulars["text"])) == 500


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
def test_a_notice_says_something(owner, text):
    with pytest.raises(ValueError, match="says something"):
        notify([owner], FAILED, text, "/")


@pytest.mark.parametrize(
    "url",
    [
        "", "cards/1", "//example.org", "///example.org", "/\\example.org", "javascript:alert(1)", "ftp://example.org", "https://",
        "https:/x", "/a b", "/a\n", "/\x00", "http://[::1", "/" + "x" * 2000,
    ],
)  # fmt: skip
def test_a_notice_leads_to_a_page(owner, url):
    with pytest.raises(ValueError):
        notify([owner], FAILED, "No tree grows.", url)


def test_no_cards_story_tells_of_it(app):
    assert "notice" not in kinds()


def test_a_kind_is_declared_once():
    assert notice_kind("orchard.failed", title="A tree fails") is FAILED is NOTICE_KINDS["orchard.failed"]
    with pytest.raises(ValueError, match=r"orchard\.failed is declared twice"):
        notice_kind("orchard.failed", title="A tree falls")
    with pytest.raises(ValueError, match="does not carry"):
        notice_kind("failed", title="A tree fails")


def test_the_kinds_of_plugins_that_are_on(plant, make_app, data):
    plant("orchard", "FAILED = notice_kind('orchard.failed', title='A tree fails')\n")
    make_app(data=data, plugins=["orchard"])
    assert notice_kinds() == [FAILED]
    make_app(plugins=[])
    assert notice_kinds() == []
