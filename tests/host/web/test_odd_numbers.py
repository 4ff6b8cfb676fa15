"""Numbers that no row has, of more digits than Python reads among them, and what else only looks like something."""

import pytest

from host.db import db
from host.models import Reaction
from host.models.typed import row_id

BEYOND = ("9" * 5000, str(2**70), str(2**63), "-1", "²", "1.5", "")


@pytest.mark.parametrize("text", BEYOND)
def test_what_names_no_row_is_none(text):
    assert row_id(text) == 0
    assert row_id(str(2**63 - 1)) == 2**63 - 1


@pytest.mark.parametrize("view", BEYOND)
def test_a_view_that_is_none_is_let_be(client, board, view):
    for address in (f"/boards/{board.id}", "/cards"):
        assert client.get(address, query_string={"view": view, "tag": "garden"}).status_code == 200


@pytest.mark.parametrize("person", BEYOND)
def test_people_who_are_none_are_refused_with_what_was_typed(client, board, person):
    form = {"name": "Orchard", "access": "some", "people": person}
    answer = client.post(f"/boards/{board.id}", data=form)
    assert answer.status_code in (404, 422)
    assert answer.status_code == 404 or 'value="Orchard"' in answer.text
    db.session.expire_all()
    assert board.all_access


@pytest.mark.parametrize("comment", BEYOND[:-1])
def test_a_reaction_to_no_comment_is_refused(client, card, comment):
    answer = client.post(f"/cards/{card.number}/reactions", data={"content": "👍", "comment": comment})
    assert answer.status_code in (404, 422)
    assert db.session.scalars(db.select(Reaction)).all() == []


def test_a_cap_that_is_sent_twice_is_refused_beside_its_field(client, board):
    column = board.columns[0]
    answer = client.post(f"/boards/{board.id}/columns/{column.id}", data={"name": "Ripe", "cap": ["1", "2"]})
    assert answer.status_code == 422
    assert "A cap is a number of cards." in answer.text
    assert column.name == "Writing"


@pytest.mark.parametrize("address", ["http://[", "//[::1", "?view=" + "9" * 5000])
def test_half_an_address_on_the_screen_narrows_by_nothing(client, board, address):
    headers = {"HX-Request": "true", "HX-Current-URL": address}
    answer = client.post(f"/boards/{board.id}/cards", data={"title": "Oil the gate"}, headers=headers)
    assert answer.status_code == 200
    assert "Oil the gate" in answer.text
