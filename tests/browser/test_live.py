"""Live updates as people have them: several tabs, several people, and tabs that close."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from host import publish_live
from host.db import db
from host.live.hub import Hub
from host.live.wire import live
from host.models import Board
from tests.patience import until

LISTEN = "window.heard = []; document.addEventListener('fallow:live', event => heard.push(event.detail.topic))"


@pytest.fixture
def open_board(window, board) -> Callable[..., Page]:
    """A tab that shows the board and notes down what it hears."""

    def opened(context) -> Page:
        page = context.new_page()
        page.goto(f"/boards/{board.id}")
        page.evaluate(LISTEN)
        return page

    return opened


def test_tabs_of_a_browser_share_one_stream_and_all_hear(window, open_board, board, owner, member):
    adas, bens = window(owner), window(member)
    tabs = [open_board(adas), open_board(adas), open_board(bens)]
    until(lambda: streams() == 2)
    board.add_card("Write the launch post")
    db.session.commit()
    for tab in tabs:
        await_topic(tab, f"board {board.id}")
    assert streams() == 2


def test_when_the_tab_with_the_stream_closes_the_next_goes_on_where_it_was(window, open_board, board, owner):
    adas = window(owner)
    first = open_board(adas)
    until(lambda: streams() == 1)
    of_the_first = set(hub().streams)
    second = open_board(adas)
    publish_live("notifications", account_id=board.account_id)
    db.session.commit()
    await_topic(second, "notifications")
    first.close()
    until(lambda: streams() == 1 and of_the_first.isdisjoint(hub().streams))
    board.add_card("Write the launch post")
    db.session.commit()
    await_topic(second, f"board {board.id}")
    assert heard(second) == ["notifications", f"board {board.id}", "card 1"]  # nothing twice, nothing for safety's sake


def test_a_board_is_news_only_to_those_who_may_see_it(window, open_board, board, owner, member):
    private = Board.create("Salaries", by=owner, all_access=False)
    adas, bens = open_board(window(owner)), open_board(window(member))
    until(lambda: streams() == 2)
    private.add_card("Raise Ben's")
    db.session.commit()
    publish_live("notifications", account_id=board.account_id)
    db.session.commit()
    await_topic(adas, f"board {private.id}")
    await_topic(bens, "notifications")
    assert heard(bens) == ["notifications"]


def test_elements_of_the_page_ask_again_through_htmx(window, open_board, board, owner):
    page = open_board(window(owner))
    page.evaluate("""() => {
        document.body.insertAdjacentHTML('beforeend',
            '<div id="asks" hx-get="/healthz" hx-trigger="live:notifications from:body"></div>');
        htmx.process(document.getElementById('asks'));
    }""")
    until(lambda: streams() == 1)
    with page.expect_request("**/healthz"):
        publish_live("notifications", account_id=board.account_id, to=[owner.id])
        db.session.commit()


def test_what_was_missed_makes_everything_on_the_page_ask_again(window, open_board, board, owner):
    page = open_board(window(owner))
    page.evaluate("""() => {
        const asks = 'live:card-7 from:body, live:board-3 from:body';
        document.body.insertAdjacentHTML('beforeend', `<i hx-trigger="${asks}"></i>`);
        for (const name of ['live:card-7', 'live:board-3'])
            document.body.addEventListener(name, () => heard.push(name));
    }""")
    until(lambda: streams() == 1)
    hub().publish_lost()
    await_topic(page, "everything")
    assert heard(page) == ["everything", "live:card-7", "live:board-3"]


def test_without_locks_a_tab_asks_every_half_minute(window, open_board, owner):
    """Browsers keep locks from pages that come over plain http from another machine."""
    context = window(owner)
    context.add_init_script("delete Navigator.prototype.locks")
    page = context.new_page()
    page.clock.install()
    page.goto("/")
    page.evaluate(LISTEN)
    page.clock.run_for(30_200)
    await_topic(page, "everything")
    assert streams() == 0


def hub() -> Hub:
    found = live().hub
    assert found is not None
    return found


def streams() -> int:
    return len(hub().streams)


def heard(page: Page) -> list[str]:
    found: list[str] = page.evaluate("heard")
    return found


def await_topic(page: Page, topic: str) -> None:
    page.wait_for_function("topic => heard.includes(topic)", arg=topic)
