"""Asking plugins: each on its own, whatever it does."""

import pytest

from host.db import db, reading
from host.jobs import Job
from host.models import Account, Board, Event, Tag
from host.plugging import gather
from host.plugging.gather import answers, attempt, look, plugins

ADDS_A_TAG = """
from host import db

@hookimpl
def board_banner(board):
    db.session.add(Tag(account_id=board.account_id, title="{title}"))
    db.session.flush()
    {then}
"""


def test_answers_come_in_order_of_names_and_nothing_is_left_out_but_none(sown):
    banner = "@hookimpl\ndef board_banner(): return {}"
    sown(willow=banner.format("'w'"), alder=banner.format("'a'"), maple=banner.format("None"))
    assert ask() == [("alder", "a"), ("willow", "w")]


def test_each_gets_the_arguments_that_it_takes(sown):
    sown(orchard="@hookimpl\ndef board_banner(actor): return actor")
    assert list(gather("board_banner", board="b", actor="a")) == [("orchard", "a")]


@pytest.mark.parametrize("fault", ["1 / 0", "raise SystemExit(2)", "nothing", "raise ExceptionGroup('', [OSError()])"])
def test_one_that_raises_stops_no_other(sown, fault):
    sown(alder=f"@hookimpl\ndef board_banner():\n    {fault}", willow="@hookimpl\ndef board_banner(): return 'w'")
    assert ask() == [("willow", "w")]
    assert [moment for moment, _error in faults("alder")] == ["board_banner"]


def test_control_c_is_no_plugins_fault(sown):
    sown(alder="@hookimpl\ndef board_banner():\n    raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        ask()


@pytest.fixture
def change():
    """A change that records an event, and is not yet committed."""

    def made() -> Board:
        return Board.create("Launch", by=Account.open("Meadow", owner_name="Ada", email=None))

    return made


def ask(board: Board | None = None) -> list[tuple[str, object]]:
    return list(gather("board_banner", board=board, actor=None))


def test_what_a_plugin_writes_is_committed_with_the_change(sown, change):
    sown(orchard=ADDS_A_TAG.format(title="apple", then=""))
    ask(change())
    db.session.commit()
    assert tags() == ["apple"]


@pytest.mark.parametrize(
    "then",
    [
        "1 / 0",
        "raise SystemExit",
        "db.session.execute(db.text('SELECT nothing'))",
        "db.session.commit()",
        "db.session.rollback()",
    ],
)
def test_what_a_failing_plugin_wrote_is_undone_and_the_change_goes_on(sown, change, then):
    sown(alder=ADDS_A_TAG.format(title="lost", then=then), willow=ADDS_A_TAG.format(title="kept", then=""))
    board = change()
    ask(board)
    db.session.commit()
    assert tags() == ["kept"]
    assert db.session.get(Board, board.id).name == "Launch"
    assert len(faults("alder")) == 1


SHAKES = """
from host import kind, record_rows, now

SHAKEN = kind("orchard.shaken")

@hookimpl
def board_banner(board):
    record_rows([{"kind": SHAKEN.name, "account_id": board.account_id, "at": now()}])
    {then}

@hookimpl
def register_tasks():
    return [Subscription([SHAKEN], Task("orchard.hear", run=print))]
"""


@pytest.mark.parametrize(("then", "heard"), [("1 / 0", 0), ("return None", 1)])
def test_what_a_failing_plugin_recorded_is_told_to_nobody(sown, change, then, heard):
    sown(orchard=SHAKES.replace("{then}", then))
    ask(change())
    db.session.commit()
    assert len(db.session.scalars(db.select(Job).filter_by(task="orchard.hear")).all()) == heard
    assert len(db.session.scalars(db.select(Event).filter_by(kind="orchard.shaken")).all()) == heard


@pytest.fixture
def looked():
    """looked(board): what the plugins say for a page that shows the board."""

    def look_at(board: Board) -> list[tuple[str, object]]:
        with reading():
            return list(answers("board_banner", {"board": board, "actor": None}, read=lambda said: said, ask=look))

    return look_at


NAMES_IT = "@hookimpl\ndef board_banner(board): return board.name"


def test_a_page_asks_without_savepoints(sown, change, looked, statements):
    sown(orchard=NAMES_IT)
    board = change()
    db.session.commit()
    with statements() as seen:
        assert looked(board) == [("orchard", "Launch")]
    assert seen
    assert not [each for each in seen if "SAVEPOINT" in each]


@pytest.mark.parametrize(
    "then",
    [
        "1 / 0",
        "raise SystemExit",
        "db.session.execute(db.text('SELECT nothing'))",
        "db.session.commit()",
        "db.session.rollback()",
        "db.session.add(Tag(title=None)); db.session.flush()",
    ],
)
def test_a_page_goes_on_without_one_that_fails(sown, change, looked, then):
    sown(alder=ADDS_A_TAG.format(title="lost", then=then), willow=NAMES_IT)
    board = change()
    db.session.commit()
    assert looked(board) == [("willow", "Launch")]
    assert tags() == []
    assert len(faults("alder")) == 1


def test_a_page_goes_on_though_one_keeps_quiet_that_it_failed(sown, change, looked):
    quiet = "try: db.session.execute(db.text('SELECT nothing'))\n    except Exception: pass"
    sown(alder=f"from host import db\n@hookimpl\ndef board_banner(board):\n    {quiet}", willow=NAMES_IT)
    board = change()
    db.session.commit()
    assert looked(board) == [("willow", "Launch")]


def test_what_fails_before_a_plugin_is_asked_is_not_its_fault(sown, change):
    sown(orchard="")
    change()
    db.session.add(Board(account_id=1, name=None))
    with pytest.raises(db.exc.IntegrityError):
        attempt("orchard", "a moment", lambda: 1, otherwise=lambda: 2)
    assert faults("orchard") == []


def test_the_newest_faults_are_kept(sown):
    sown(orchard="@hookimpl\ndef board_banner(board): raise ValueError(board)")
    for number in range(30):
        list(gather("board_banner", board=number, actor=None))
    assert len(faults("orchard")) == 20
    assert faults("orchard")[-1] == ("board_banner", "ValueError: 29")


def tags() -> list[str]:
    return sorted(db.session.scalars(db.select(Tag.title)))


def faults(name: str) -> list[tuple[str, str]]:
    return [(fault.moment, fault.traceback.splitlines()[-1]) for fault in plugins().found[name].faults]
