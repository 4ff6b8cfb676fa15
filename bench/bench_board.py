"""How many boards a second the program shows and how many changes it takes, for one client and for eight.

The program runs in a process of its own; the clients keep their connections, as browsers do, and take their share of
the same machine. "first paint" is the page as it comes; "all cards" follows the links to the further cards of every
column as one does who scrolls to the end. "rests" are cards of other boards of the same space: they should not matter,
nor should jobs that wait. A change is one request to the JSON API. All begins once the program has done what it does
first on a day: a backup, say.

The floor is what could not be spared: a page of the same server with nothing on it but what every page has, the rows
of these cards by one bare SELECT, and as many snippets of one line rendered by the same template engine, one after
another. "kept" is the same again while nothing is written, as one comes back to a board (`host.pagecache`); the others
ask for a page that is drawn for them. "kept, others write" has a comment written each second meanwhile. A change is no
page: its floor begins with an answer of two words. The medians are compared. One client takes
turns with its floor, so that whatever else the machine does meets both; of eight, each does all of one and then of the
other. "floor, a second" is what nobody could go beyond.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from re import findall
from statistics import median
from time import perf_counter, sleep
from typing import NamedTuple
from urllib.parse import urlsplit

from clock import percentile, seconds
from field import boards, cards, folder, program, space, waiting_jobs
from jinja2 import Environment
from process import kinds, started
from table import Row

from host.clock import now
from host.db import db
from host.models.token import ApiToken, Scope

# Cards on the board, cards in its space, jobs that wait.
SIZES = (
    (100, 10_000, 0),
    (500, 1_000, 0),
    (500, 10_000, 0),
    (500, 100_000, 0),
    (500, 10_000, 100_000),
    (1_000, 10_000, 0),
)
MANY = 8  # clients
ALONE, TOGETHER = 40, 160  # requests
KEPT_TOGETHER = 4_000  # of those that take so little
DRAWN = {"Cache-Control": "no-cache"}
OTHER_BOARDS = 9
MORE = r'<li class="skel" hx-get="([^"]+)"'
SHOWN_AT_FIRST = 64  # cards: 16 of each of four columns
EMPTY = "/pins"  # nothing is pinned
BARE = "/healthz"
ROWS = "SELECT number, title, place, last_active_at FROM card WHERE board_id = ? LIMIT ?"
BUSY = "SELECT 1 FROM job WHERE state = 'running' OR (state = 'waiting' AND run_at <= ?)"
SETTLES, IDLE_LOOKS = 300, 4  # seconds at most; one look after another that finds nothing to do
SNIPPET = "{% for card in cards %}<li>{{ card[0] }} {{ card[1] }}</li>{% endfor %}"
SNIPPETS = Environment(autoescape=True).from_string(SNIPPET)


@dataclass(frozen=True)
class Place:
    """A running program and its board."""

    url: str
    file: Path
    board: int
    cookie: str
    token: str
    numbers: Sequence[int]
    column: int


@dataclass
class Client:
    """One connection. Its faults are counted, not raised: not one is allowed."""

    place: Place
    faults: list[str] = field(default_factory=list)
    connection: HTTPConnection = field(init=False)
    rows: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        where = urlsplit(self.place.url)
        self.connection = HTTPConnection(where.hostname or "", where.port, timeout=60)
        self.rows = sqlite3.connect(self.place.file, check_same_thread=False)

    def ask(self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] = DRAWN) -> str:
        headers = {"Cookie": self.place.cookie, "Authorization": f"Bearer {self.place.token}", **headers}
        headers["Content-Type"] = "application/json"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if answer.status >= 400:
            self.faults.append(f"{answer.status} {path}")
        return text


Work = Callable[[Client], object]


class Taken(NamedTuple):
    """How long each request took, and all of them together, in seconds."""

    times: Sequence[float]
    whole: float

    @property
    def a_second(self) -> float:
        return len(self.times) / self.whole


def floor(empty: str, drawn: int) -> Work:
    """What could not be spared of showing so many cards."""

    def reach(client: Client) -> None:
        client.ask("GET", empty)
        SNIPPETS.render(cards=client.rows.execute(ROWS, [client.place.board, drawn]).fetchall())

    return reach


def measure() -> list[Row]:
    return [row for size in SIZES for row in _rows(*size)]


def _rows(size: int, others: int, jobs: int) -> Iterator[Row]:
    with _served(size, others - size, jobs) as place:
        about = {"cards": size, "in the space": others, "jobs": jobs}
        first, whole = floor(EMPTY, min(size, SHOWN_AT_FIRST)), floor(EMPTY, size)
        for what, work, least in (
            ("first paint", first_paint, first),
            ("all cards", all_cards, whole),
            ("move", move, floor(BARE, 1)),
            ("create", create, floor(BARE, 1)),
            ("comment", comment, floor(BARE, 1)),
        ):
            yield {"what": what, **about, "clients": 1, **_in_turns(place, work, least)}
            yield {"what": what, **about, "clients": MANY, **_together(place, work, least)}
        _let_it_settle(place.file)  # people are told of all these comments
        for what, work, least in (("first paint", first_paint_kept, first), ("all cards", all_cards_kept, whole)):
            yield {"what": f"{what}, kept", **about, "clients": MANY, **_together(place, work, least, KEPT_TOGETHER)}
            with _others_writing(place):
                busy = _together(place, work, least, KEPT_TOGETHER)
            yield {"what": f"{what}, kept, others write", **about, "clients": MANY, **busy}


def first_paint(client: Client, headers: Mapping[str, str] = DRAWN) -> str:
    return client.ask("GET", f"/boards/{client.place.board}", headers=headers)


def all_cards(client: Client, headers: Mapping[str, str] = DRAWN) -> None:
    links = findall(MORE, first_paint(client, headers))
    while links:
        links += findall(MORE, client.ask("GET", links.pop().replace("&amp;", "&"), headers=headers))


def first_paint_kept(client: Client) -> None:
    first_paint(client, {})


def all_cards_kept(client: Client) -> None:
    all_cards(client, {})


turn = count()


def move(client: Client) -> None:
    """To the column, and the next time back."""
    number = next(turn)
    card = client.place.numbers[number // 2 % len(client.place.numbers)]
    if number % 2:
        client.ask("DELETE", f"/api/v1/cards/{card}/triage")
    else:
        client.ask("PUT", f"/api/v1/cards/{card}/triage", f'{{"column": {client.place.column}}}')


def create(client: Client) -> None:
    client.ask("POST", f"/api/v1/boards/{client.place.board}/cards", f'{{"title": "Sow row {next(turn)}"}}')


def comment(client: Client) -> None:
    card = client.place.numbers[next(turn) % len(client.place.numbers)]
    client.ask("POST", f"/api/v1/cards/{card}/comments", '{"body": "Still on it."}')


def _in_turns(place: Place, work: Work, least: Work) -> Row:
    """One client."""
    client = Client(place)
    pairs = [(seconds(lambda: work(client)), seconds(lambda: least(client))) for _time in range(1 + ALONE)]
    times, floors = zip(*pairs[1:], strict=True)  # the first loads what is loaded once
    return _row(client.faults, Taken(times, sum(times)), Taken(floors, sum(floors)))


@contextmanager
def _others_writing(place: Place) -> Iterator[None]:
    """One of them, a comment a second."""
    client, done = Client(place), threading.Event()

    def write() -> None:
        comment(client)
        while not done.wait(1):
            comment(client)

    writer = threading.Thread(target=write)
    writer.start()
    yield
    done.set()
    writer.join()
    if client.faults:
        raise RuntimeError(f"not every comment was taken: {client.faults}")


def _together(place: Place, work: Work, least: Work, times: int = TOGETHER) -> Row:
    clients = [Client(place) for _client in range(MANY)]
    taken, floors = _all_at_once(clients, work, times), _all_at_once(clients, least)
    return _row([fault for client in clients for fault in client.faults], taken, floors)


def _all_at_once(clients: Sequence[Client], work: Work, number: int = TOGETHER) -> Taken:
    times: list[float] = []
    threads = [threading.Thread(target=_work, args=(client, work, number // MANY, times)) for client in clients]
    began = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Taken(times, perf_counter() - began)


def _work(client: Client, work: Work, number: int, times: list[float]) -> None:
    times += [seconds(lambda: work(client)) for _time in range(number)]


def _row(faults: Sequence[str], work: Taken, least: Taken) -> Row:
    return {
        "a second": work.a_second,
        "median, ms": median(work.times) * 1000,
        "95 %, ms": percentile(work.times, 0.95) * 1000,
        "errors": len(faults),
        "floor, a second": least.a_second,
        "floor, ms": median(least.times) * 1000,
        "ratio": median(work.times) / median(least.times),
    }


@contextmanager
def _served(size: int, others: int, jobs: int) -> Iterator[Place]:
    with folder() as data:
        with program(data):
            owner = space()
            board, *rest = boards(owner, 1 + OTHER_BOARDS)
            cards([board], size, days_ago=(0, 29), at=now())
            cards(rest, others, days_ago=(0, 29), at=now())
            waiting_jobs(jobs, at=now().replace(year=now().year + 1))
            token = ApiToken.create(owner, name="bench", scope=Scope.WRITE)
            numbers = range(1, size + 1)
            column = board.columns[0].id
            db.session.commit()
            where = board.id
        with started(kinds()["source"], data) as running:
            _let_it_settle(data / "fallow.db")
            yield Place(running.url, data / "fallow.db", where, running.cookie, token, numbers, column)


def _let_it_settle(file: Path) -> None:
    """Until the work with which a program begins its day is done: a backup of it all, what is to be forgotten."""
    end, idle = perf_counter() + SETTLES, 0
    with closing(sqlite3.connect(file)) as connection:
        while idle < IDLE_LOOKS:
            if perf_counter() > end:
                raise TimeoutError(f"the program is still busy after {SETTLES} s")
            sleep(0.5)
            busy = connection.execute(BUSY, [str(now().replace(tzinfo=None))]).fetchone() is not None
            idle = 0 if busy else idle + 1
