"""What is published, when, and to whom."""

import pytest

from host import publish_live
from host.db import db
from host.live.after_events import MOST_CARDS
from host.models import Account, Board, User
from host.models.card import Flock


@pytest.fixture
def stranger(app):
    """The owner of another space."""
    user = Account.open("Forest", owner_name="Cleo", email="cleo@example.org")
    db.session.commit()
    return user


def test_every_event_makes_its_board_and_its_card_news_to_those_who_see_the_board(board, owner, member, sent):
    card = board.add_card("Write the launch post")
    db.session.commit()
    assert sent.topics == [f"board {board.id}", f"card {card.number}"]
    assert sent.reaches(f"board {board.id}") == sent.reaches(f"card {card.number}") == {owner.id, member.id}


def test_nobody_hears_of_a_board_that_they_may_not_see(owner, member, sent):
    private = Board.create("Salaries", by=owner, all_access=False)
    card = private.add_card("Raise Ben's")
    db.session.commit()
    assert sent.reaches(f"board {private.id}") == sent.reaches(f"card {card.number}") == {owner.id}


def test_who_was_deactivated_hears_nothing(board, owner, member, sent):
    member.active = False
    board.add_card("Write the launch post")
    db.session.commit()
    assert sent.reaches(f"board {board.id}") == {owner.id}


def test_many_changes_in_a_transaction_are_told_once(board, owner, sent):
    card = board.add_card("Write the launch post")
    card.comment("First", owner)
    card.comment("Second", owner)
    db.session.commit()
    assert sent.topics == [f"board {board.id}", f"card {card.number}"]
    assert len(sent.messages) == 1


def test_a_move_is_news_on_both_boards(board, owner, sent):
    card = board.add_card("Write the launch post")
    other = Board.create("Archive", by=owner)
    db.session.commit()
    sent.messages.clear()
    card.move_to(other, owner)
    db.session.commit()
    assert sent.topics == sorted([f"board {board.id}", f"board {other.id}", f"card {card.number}"])


def test_a_deleted_card_is_news_where_it_is_open(board, owner, member, sent):
    card = board.add_card("Write the launch post")
    db.session.commit()
    sent.messages.clear()
    card.delete(by=owner)
    db.session.commit()
    assert sent.topics == [f"board {board.id}", "card 1"]
    assert sent.reaches("card 1") == {owner.id, member.id}


def test_a_change_of_very_many_cards_is_a_single_word(board, owner, sent):
    cards = [board.add_card(f"Card {number}") for number in range(MOST_CARDS + 1)]
    for card in cards:
        card.keep(owner)
    db.session.commit()
    assert sent.topics == [f"board {board.id}", "everything"]
    assert sent.reaches("everything") == {owner.id}


@pytest.mark.parametrize(("count", "words"), [(2, ["card 1", "card 2"]), (MOST_CARDS + 1, ["everything"])])
def test_cards_that_rest_together_are_news_like_others(board, owner, sent, count, words):
    hidden = Board.create("Hidden", by=owner, all_access=False)
    cards = [board.add_card(f"Card {number}") for number in range(count)]
    hidden.add_card("Not asked for")
    db.session.commit()
    sent.messages.clear()
    Flock.awake([card.id for card in cards]).postpone(owner)
    db.session.commit()
    assert sent.topics == [f"board {board.id}", *words]
    assert sent.reaches(words[0]) == sent.reaches(f"board {board.id}")


@pytest.fixture
def card(board, owner, sent):
    """One that everybody knows of already."""
    card = board.add_card("Write the launch post")
    card.add_step("Outline")
    card.tag("Garden")
    card.gild(owner)
    db.session.commit()
    sent.messages.clear()
    return card


@pytest.mark.parametrize(
    "change",
    [
        lambda card, by: card.add_step("Draft"),
        lambda card, by: card.steps[0].tick(),
        lambda card, by: card.remove_step(card.steps[0]),
        lambda card, by: card.tag("Launch"),
        lambda card, by: card.untag("Garden"),
        lambda card, by: card.gild(by, golden=False),
    ],
    ids=["a step", "its tick", "no step", "a tag", "no tag", "no gold"],
)
def test_what_is_no_event_is_news_too(board, card, owner, member, sent, change):
    change(card, owner)
    db.session.commit()
    assert sent.topics == [f"board {board.id}", f"card {card.number}"]
    assert sent.reaches(f"card {card.number}") == {owner.id, member.id}


def test_a_board_changes_its_name_and_its_columns_for_all(board, owner, member, sent):
    db.session.commit()
    for change in (
        lambda: setattr(board, "name", "Almanac"),
        lambda: board.add_column("Proof"),
        lambda: setattr(board.columns[0], "name", "Draft"),
    ):
        sent.messages.clear()
        change()
        db.session.commit()
        assert sent.topics == [f"board {board.id}"]
        assert sent.reaches(f"board {board.id}") == {owner.id, member.id}


def test_very_many_steps_at_once_are_news_of_each_card(board, sent, monkeypatch):
    monkeypatch.setattr("host.live.after_writes.MOST_IN_A_QUERY", 2)
    cards = [board.add_card(f"Card {number}") for number in range(5)]
    db.session.commit()
    sent.messages.clear()
    for card in cards:
        card.add_step("One")
    db.session.commit()
    assert sent.topics == [f"board {board.id}", *(f"card {card.number}" for card in cards)]


def test_nothing_goes_out_before_the_commit_or_after_a_rollback(board, account, sent):
    publish_live("notifications", account_id=account.id)
    board.add_card("Never mind")
    assert sent.messages == []
    db.session.rollback()
    db.session.commit()
    assert sent.messages == []


def test_a_plugin_names_the_people(account, owner, member, sent):
    publish_live("notifications", account_id=account.id, to=[owner.id])
    publish_live("notifications", account_id=account.id, to=[member.id])
    db.session.commit()
    assert sent.reaches("notifications") == {owner.id, member.id}


def test_a_topic_for_no_one_is_not_sent(account, sent):
    publish_live("notifications", account_id=account.id, to=[])
    db.session.commit()
    assert sent.messages == []


def test_without_names_a_topic_goes_to_the_whole_space(account, sent):
    publish_live("jobs", account_id=account.id)
    db.session.commit()
    [message] = sent.messages
    assert (message.account_id, message.topics, message.people) == (account.id, ("jobs",), None)


def test_without_names_a_board_or_card_goes_to_those_who_may_see_it(owner, member, account, sent):
    private = Board.create("Salaries", by=owner, all_access=False)
    card = private.add_card("Raise Ben's")
    db.session.commit()
    sent.messages.clear()
    publish_live(f"board {private.id}", account_id=account.id)
    publish_live(f"card {card.number}", account_id=account.id)
    db.session.commit()
    assert sent.reaches(f"board {private.id}") == sent.reaches(f"card {card.number}") == {owner.id}


def test_a_card_is_looked_for_in_its_own_space(board, stranger, sent):
    card = board.add_card("Write the launch post")
    db.session.commit()
    sent.messages.clear()
    publish_live(f"card {card.number}", account_id=stranger.account_id)
    db.session.commit()
    assert sent.messages == []


def test_a_message_concerns_only_people_of_its_space(stranger, owner: User, sent):
    publish_live("notifications", account_id=owner.account_id, to=[owner.id, stranger.id])
    db.session.commit()
    [message] = sent.messages
    assert message.concerns(owner.account_id, owner.id)
    assert not message.concerns(stranger.account_id, stranger.id)


@pytest.mark.parametrize("topic", ["", "two  words", "three words here", "line\nbreak", "a" * 61, "card ✓"])
def test_a_topic_is_one_or_two_plain_words(app, topic):
    with pytest.raises(ValueError, match="is no topic"):
        publish_live(topic, account_id=1)


def test_a_tag_that_changes_is_news_wherever_it_may_be(board, owner, member, sent):
    tag = board.add_card("Write the launch post").tag("press")
    db.session.commit()
    sent.messages.clear()
    tag.change({"title": "papers"}, by=owner)
    db.session.commit()
    assert (sent.topics, sent.reaches("everything")) == (["everything"], None)
    sent.messages.clear()
    tag.delete(by=owner)
    db.session.commit()
    assert sent.reaches("everything") is None
