"""What filters look for is found by an index."""

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from host.filters import Filter
from host.models import Card
from host.permissions import visible
from host.web.allcards import AllCards
from host.web.narrowing import Narrowing

pytestmark = pytest.mark.sqlite_only("PostgreSQL plans by what the tables hold, and these hold nothing")


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({"tag": "garden"}, "ix_tagging_tag_id"),
        ({"assignee": "1"}, "ix_assignment_user_id"),
        ({"assignee": "nobody"}, "assignment USING COVERING INDEX sqlite_autoindex_assignment_1"),
        ({"closer": "1"}, "ix_closure_creator_id"),
        ({"closed": "today"}, "ix_closure_at"),
        ({"golden": "1"}, "goldness"),
        ({"stalled": "1"}, "ix_card_spiked"),
        ({"due": "overdue"}, "ix_card_due"),
        ({"due": "this_week"}, "ix_card_due"),
        ({"due": "any"}, "ix_card_due"),
    ],
)
def test_a_criterion(plan, owner, asked, index):
    said = plan(select(Card.id).where(visible(Card, owner), *Filter.read(MultiDict(asked)).conditions(owner)))
    assert index in said
    assert "SCAN card" not in said


@pytest.mark.parametrize(
    ("asked", "index"),
    [({}, "ix_card_account_awake"), ({"creator": "1", "sort": "newest"}, "ix_card_creator_id_created_at")],
)
def test_all_cards_come_in_their_order_without_sorting(plan, owner, asked, index):
    found = Filter.read(MultiDict(asked))
    cards = AllCards(owner, Narrowing(found, found.conditions(owner)))
    said = plan(cards._query.with_only_columns(Card.id).order_by(*found.order).limit(50))
    assert f"SEARCH card USING INDEX {index}" in said
    assert "TEMP B-TREE FOR ORDER BY" not in said
