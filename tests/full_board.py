"""A board with all that cards can have."""

from collections.abc import Sequence

from host import Board, User, db


def fill(board: Board, count: int, people: Sequence[User]) -> None:
    """Cards with all that a card can have, in every column."""
    for number in range(count):
        card = board.add_card(f"Card {number}", by=people[0])
        for person in people:
            card.assign(person, people[0])
        card.tag("garden")
        card.tag(f"tag {number}")
        card.add_step("one", done=True)
        card.add_step("two")
        card.comment("Still on it")
        card.gild(people[0], golden=number % 3 == 0)
        where = number % (len(board.columns) + 3)
        if where < len(board.columns):
            card.triage_into(board.columns[where], people[0])
        elif where > len(board.columns):
            (card.close if number % 2 else card.postpone)(people[0])
    db.session.commit()
