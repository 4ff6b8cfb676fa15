"""The host's own rules, and what a rule must be."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from host.clock import now
from host.db import db
from host.jobs.clearing import clear
from host.models import Card, Event, RequestKey, Role, Tag, Tagging
from host.models.launch_token import LaunchToken
from host.models.session import UserSession
from host.plugging.retention import LONGEST_DAYS, OldRows, RetentionRule
from host.retention import UNUSED_TAGS, retention_rules


def follow(key):
    rule = retention_rules()[key]
    return clear(rule.leftovers, now() - timedelta(days=rule.days or 0))


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def elsewhere(app):
    """`wait = elsewhere(work)`: begun in another process's place; `wait()` gives its result."""
    with ThreadPoolExecutor(1) as process:

        def begin(work):
            def within():
                with app.app_context():
                    return work()

            return partial(process.submit(within).result, 30)

        yield begin


def test_every_rule_of_ours_can_count_and_find_nothing_on_an_empty_installation(app):
    for rule in retention_rules().values():
        assert rule.key.startswith("host.")
        assert rule.leftovers.count(now()) == 0
        assert clear(rule.leftovers, now()) == 0


def test_tags_on_no_card_go_and_others_stay(board):
    card = board.add_card("Bake")
    card.tag("bread")
    for title in ("old", "older"):
        Tag.named(board.account_id, title)
    db.session.commit()
    assert follow(UNUSED_TAGS) == 2
    assert db.session.scalars(select(Tag.title)).all() == ["bread"]


def test_a_tag_that_is_attached_between_the_look_and_the_removal_stays(board):
    card = board.add_card("Bake")
    tag = Tag.named(board.account_id, "bread")
    db.session.commit()
    rows = retention_rules()[UNUSED_TAGS].leftovers
    found = rows.find(now(), 10)
    card.tag("bread")
    db.session.commit()
    assert found == [tag.id]
    assert rows.remove(now(), found) == 0
    assert count(Tagging) == 1


@pytest.mark.parametrize("who", ["cleanup first", "card first"])
def test_attached_by_another_at_the_same_moment_nothing_is_lost(app, board, elsewhere, who):
    """Whoever comes second waits, or passes it over; the card has its tag in the end, either way."""
    card_number, by = board.add_card("Bake").number, board.account.owner
    Tag.named(board.account_id, "bread")
    db.session.commit()
    person_id = by.id
    rows = retention_rules()[UNUSED_TAGS].leftovers
    found = rows.find(now(), 10)
    db.session.commit()

    def attach(commit):
        from host.models import User

        db.session.get(User, person_id).card(card_number).tag("bread")
        commit()

    if who == "cleanup first":
        rows.remove(now(), found)
        other = elsewhere(lambda: attach(db.session.commit))
        db.session.commit()
        other()
    else:
        attach(db.session.flush)
        other = elsewhere(lambda: (rows.remove(now(), found), db.session.commit()))
        if db.engine.dialect.name == "sqlite":  # one writer: it waits for us
            db.session.commit()
        other()
        db.session.commit()
    assert db.session.scalars(select(Tag.title).join(Tagging)).all() == ["bread"]


def test_a_tag_that_somebody_is_about_to_attach_is_passed_over(board, elsewhere):
    """They have found it, and have not written yet that a card has it."""
    card = board.add_card("Bake")
    Tag.named(board.account_id, "bread")
    db.session.commit()
    rows = retention_rules()[UNUSED_TAGS].leftovers
    found = rows.find(now(), 10)
    db.session.commit()
    tag = Tag.named(board.account_id, "bread")
    other = elsewhere(lambda: (rows.remove(now(), found), db.session.commit()))
    if db.engine.dialect.name == "postgresql":  # on SQLite it waits for us
        assert other()[0] == 0
    db.session.add(Tagging(card_id=card.id, tag_id=tag.id))
    db.session.commit()
    other()
    assert db.session.scalars(select(Tag.title).join(Tagging)).all() == ["bread"]


def test_sign_ins_launches_and_request_keys_go_when_they_are_old(owner, travel):
    UserSession.open(owner)
    LaunchToken.create()
    RequestKey.begin(owner, "once", "x")
    db.session.commit()
    keys = ("host.sessions", "host.launches", "host.request_keys")
    assert [follow(key) for key in keys] == [0, 0, 0]
    travel(days=2)
    assert [follow(key) for key in keys] == [0, 1, 1]
    travel(days=364)
    assert [follow(key) for key in keys] == [1, 0, 0]
    assert (count(UserSession), count(LaunchToken), count(RequestKey)) == (0, 0, 0)


def test_a_draft_that_was_left_empty_goes_and_one_with_a_word_stays(board, owner, member, travel):
    empty, begun = board.draft(owner).number, board.draft(member)
    begun.title = "Sow"
    db.session.commit()
    travel(days=29)
    assert follow("host.drafts") == 0
    travel(days=2)
    assert follow("host.drafts") == 1
    assert db.session.scalars(select(Card.number).where(Card.number.in_([empty, begun.number]))).all() == [begun.number]


def test_what_was_done_to_people_goes_after_two_years_and_what_happened_on_boards_stays(board, owner, member, travel):
    member.appoint(Role.ADMIN, by=owner)
    board.add_card("Sow", by=owner)
    db.session.commit()
    travel(days=731)
    assert follow("host.audit") == 1
    kinds = set(db.session.scalars(select(Event.kind)))
    assert "card_published" in kinds
    assert "role_changed" not in kinds


@pytest.mark.parametrize("days", [0, -1, LONGEST_DAYS + 1])
def test_a_rule_that_keeps_for_no_time_is_refused_at_load(days):
    with pytest.raises(ValueError, match="keeps things for"):
        RetentionRule("orchard.trees", "Trees", OldRows(Tag, lambda _before: Tag.id > 0), days=days)


def test_a_rule_with_a_key_that_is_too_long_is_refused():
    with pytest.raises(ValueError, match="at most 80"):
        RetentionRule("orchard." + "t" * 80, "Trees", OldRows(Tag, lambda _before: Tag.id > 0))
