"""A board is shown in a few statements with all that our plugins add, whatever the number of anything."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, update

from host import Board, Card, User, db, now
from host.models import Fold, SavedView
from host.testing import Client
from plugins.entropy import sweep
from plugins.entropy.models import AccountEntropy
from plugins.entropy.stay import stay
from plugins.recurring.changing import Plan, create
from tests.full_board import fill

MOST = 15
DAY = 86_400
TIMES = 5

Asked = Callable[[str], Sequence[str]]


@pytest.fixture
def asked(client: Client) -> Asked:
    """`asked("/boards/1")`: what the databases are asked for the page, once all is loaded that is loaded once."""

    def look(address: str) -> list[str]:
        db.session.commit()
        client.get(address)
        heard: list[str] = []

        def hear(*said: str) -> None:
            heard.append(said[2])

        event.listen(db.engine, "before_cursor_execute", hear)
        answer = client.get(address)
        event.remove(db.engine, "before_cursor_execute", hear)
        assert answer.status_code == 200
        return [said for said in heard if not said.startswith(("BEGIN", "PRAGMA"))]

    return look


@pytest.fixture
def board(owner: User, member: User) -> Board:
    """One with everything, nothing folded, some cards of which rest soon."""
    AccountEntropy.choose(owner.account, 30 * DAY, golden_stays=True)
    made = Board.create("Launch", by=owner, columns=["Writing", "Checking"])
    unfold(made, owner)
    plant(made, 5, [owner, member])
    return made


def unfold(board: Board, person: User) -> None:
    for key in ("not_now", "done"):
        Fold.set(person, board, key, folded=False)


def plant(board: Board, count: int, people: Sequence[User]) -> None:
    """So many fresh cards, as many that rest since nobody touched them, and as many that soon will: of these one stays
    awake, and one comes round again."""
    fill(board, count, people)
    old = [board.add_card(f"Old {number}", by=people[0]) for number in range(count)]
    age(old, days=31)
    sweep.run()
    more = [board.add_card(f"Soon {number}", column=board.columns[0]) for number in range(count)]
    age(more, days=25)
    stay(more[-1], people[0])
    begin = (now() + timedelta(hours=1)).astimezone(ZoneInfo("UTC")).replace(tzinfo=None, microsecond=0)
    plan = Plan(1, begin, ZoneInfo("UTC"), options={"column": board.columns[0].id})
    create("card", more[0].number, plan, people[0])
    db.session.commit()


def age(cards: Sequence[Card], days: int) -> None:
    touched: datetime = now() - timedelta(days=days)
    db.session.flush()
    db.session.execute(update(Card).where(Card.id.in_([card.id for card in cards])).values(last_active_at=touched))
    db.session.commit()


def test_the_page_takes_as_many_whatever_there_is(asked: Asked, board: Board, owner: User, member: User) -> None:
    taken = asked(f"/boards/{board.id}")
    assert len(taken) <= MOST, "\n\n".join(taken)
    people = [owner, member, *(User.join(owner.account, name=f"Person {each}", email=None) for each in range(TIMES))]
    for number in range(TIMES):
        plant(Board.create(f"Board {number}", by=owner, columns=["Writing"]), 2, people[:2])
        SavedView.keep(owner, f"View {number}", {"tag": ["garden"]})
        board.add_column(f"Column {number}")
        board.add_column(f"Other column {number}")
    plant(board, 5 * TIMES, people)
    assert len(asked(f"/boards/{board.id}")) == len(taken)


def test_so_do_the_cards_that_follow(asked: Asked, board: Board, owner: User, member: User) -> None:
    plant(board, 30, [owner, member])
    address = f"/boards/{board.id}/columns/{board.columns[0].id}/cards?after="
    assert len(asked(f"{address}25")) == len(asked(f"{address}5")) <= MOST
