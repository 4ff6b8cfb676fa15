"""Eight people write on one board at once, as browsers do: nobody is refused, nothing is lost, and the log has each
action once."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest
from flask import Flask
from sqlalchemy import func, select

from host import Board, Card, Comment, Event, Place, User, db
from host.testing import Client, sign_in
from tests.faults.conftest import FULL
from tests.patience import PATIENCE

WRITERS, ROUNDS = 8, 40 if FULL else 6
HTMX = {"HX-Request": "true"}

pytestmark = [pytest.mark.faults, pytest.mark.on_both]


@dataclass
class Writer:
    """One browser. Each round adds a card, moves and closes it, and says something on the card that all speak on, whose
    number is `shared`."""

    browser: httpx.Client
    board: int
    column: int
    shared: int

    def work(self) -> list[int]:
        """The numbers of its cards."""
        return [self._round(each) for each in range(ROUNDS)]

    def _round(self, each: int) -> int:
        made = self._post(f"/boards/{self.board}/cards", {"title": f"Row {each}"})
        number = int(re.findall(r"#card-(\d+)", made.headers["Location"])[0])
        self._post(f"/cards/{number}/triage", {"column": str(self.column)}, HTMX)
        self._post(f"/cards/{self.shared}/comments", {"body": f"Row {each} is under way"})
        self._post(f"/cards/{self.shared}/triage", {"column": str(self.column)}, HTMX)
        self._post(f"/cards/{self.shared}/triage/delete", {}, HTMX)
        self._post(f"/cards/{number}/closure", {}, HTMX)
        return number

    def _post(self, path: str, form: dict[str, str], headers: dict[str, str] | None = None) -> httpx.Response:
        answer = self.browser.post(path, data=form, headers=headers)
        assert answer.status_code in (200, 303), f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer


@pytest.fixture
def browser(app: Flask, live_server: str) -> Iterator[Callable[[User], httpx.Client]]:
    """browser(ben): one in which this person is signed in."""
    opened: list[httpx.Client] = []

    def of(person: User) -> httpx.Client:
        client = app.test_client()
        assert isinstance(client, Client)
        client.trust()
        sign_in(client, person)
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        assert cookie is not None
        token = {"X-CSRFToken": client.environ_base["HTTP_X_CSRFTOKEN"]}
        cookies = {name: cookie.value}
        opened.append(httpx.Client(base_url=live_server, cookies=cookies, headers=token, timeout=PATIENCE))
        return opened[-1]

    yield of
    for each in opened:
        each.close()


def test_eight_who_write_at_once(board: Board, owner: User, browser: Callable[[User], httpx.Client]) -> None:
    people = [owner, *(User.join(owner.account, name=f"Person {each}", email=None) for each in range(1, WRITERS))]
    shared = board.add_card("Everybody's", by=owner)
    db.session.commit()
    writers = [Writer(browser(each), board.id, board.columns[0].id, shared.number) for each in people]
    db.session.commit()
    with ThreadPoolExecutor(WRITERS) as threads:
        numbers = [number for made in threads.map(Writer.work, writers) for number in made]
    count = WRITERS * ROUNDS
    assert sorted(numbers) == list(range(shared.number + 1, shared.number + 1 + count))
    done = select(func.count()).where(Card.place == Place.DONE, Card.number.in_(numbers))
    assert db.session.scalar(done) == count
    assert db.session.scalar(select(func.count()).where(Comment.card_id == shared.id)) == count
    kinds = select(Event.kind, Event.card_id == shared.id)
    told = Counter(db.session.execute(kinds).all())
    assert told["card_published", False] == told["card_triaged", False] == told["card_closed", False] == count
    assert told["comment_created", True] == count
    # Another may have moved it there just before: then there is nothing to tell of.
    assert 0 <= told["card_triaged", True] - told["card_sent_back_to_triage", True] <= 1
