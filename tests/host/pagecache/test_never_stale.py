"""Whatever people do in whatever order: the page that one gets is the page that would be drawn."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from host.db import db
from host.models import Card, Place

UNIQUE = re.compile(r'(name="(?:form_key|csrf_token)" value|data-at|data-since|content)="[^"]*"')

ACTIONS = {
    "add a card": lambda board, card, person: board.add_card(f"After {card.number}", by=person),
    "rename the board": lambda board, _card, _person: setattr(board, "name", f"{board.name[:50]}!"),
    "close": lambda _board, card, person: card.close(person) if card.place is not Place.DONE else None,
    "reopen": lambda _board, card, person: card.reopen(person) if card.place is Place.DONE else None,
    "comment": lambda _board, card, person: card.comment("Still on it", by=person),
    "tag": lambda _board, card, _person: card.tag(f"tag {card.number}"),
    "gild": lambda _board, card, person: card.gild(person, golden=not card.golden),
    "add a column": lambda board, _card, person: board.add_column(f"Column {len(board.columns)}", by=person),
    "watch": lambda _board, card, person: card.watch(person),
}
WAIT = "wait"
STEPS = st.lists(st.tuples(st.sampled_from([*ACTIONS, WAIT, None]), st.integers(0, 1)), min_size=3, max_size=12)


@given(steps=STEPS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_given_is_what_would_be_drawn(reader, owner, member, board, travel, steps):
    people = (owner, member)
    readers = [reader(person) for person in people]
    board.add_card("The first", by=owner)
    db.session.commit()
    path = f"/boards/{board.id}"
    for action, who in steps:
        if action == WAIT:
            travel(seconds=20)
        elif action:
            newest = db.session.scalars(db.select(Card).order_by(Card.id.desc())).first()
            ACTIONS[action](board, newest, people[who])
            db.session.commit()
        given, drawn = (readers[who].reads(path, **headers) for headers in ({}, {"Cache_Control": "no-cache"}))
        assert UNIQUE.sub("", given) == UNIQUE.sub("", drawn), (action, who)
