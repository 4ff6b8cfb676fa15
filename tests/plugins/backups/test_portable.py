"""From one database to the other, with all that plugins keep: secrets, JSON, bytes, times, and ids that are never given
again."""

from datetime import date, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from host import Account, Board, Card, Fault, Model, User, back_up, db, now, restore
from host.backups import cipher, portable
from host.files import File
from plugins.publishing import Connection, Post, choose
from plugins.recurring.changing import Plan, create, delete
from plugins.recurring.queue import Queue
from plugins.webhooks.webhook import Webhook

PLUGINS = ("publishing", "recurring", "webhooks", "notifications", "backups")
PASSPHRASE = "a walk in the long grass"
BOTH_WAYS = [("sqlite", "postgres"), ("postgres", "sqlite"), ("postgres", "postgres")]
OURS = ("task_pause", "session", "live_letter")  # what the restore itself writes, and what comes and goes

pytestmark = pytest.mark.sqlite_only("each names the databases that it is about")


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    monkeypatch.setattr(cipher, "N", 2)


@pytest.fixture
def program_on(request, make_app, tmp_path):
    """`program_on("postgres")`: a program on a new database of that sort, its context in force."""

    def made(name):
        folder = tmp_path / f"{name}-{len(list(tmp_path.iterdir()))}"
        url = request.getfixturevalue(name).fresh(PLUGINS, folder)
        folder.mkdir(exist_ok=True)
        return make_app(plugins=PLUGINS, data=folder, database_url=url)

    return made


def plant():
    """Something of every sort."""
    ada = Account.open("Meadow “ü”", owner_name="Ada Field", email="ada@example.org")
    board = Board.create("Launch", by=ada, columns=["Writing"])
    card = board.add_card("Bake \N{PEAR}", by=ada, description="Slowly.")
    card.comment("Still on it", ada)
    File.keep(BytesIO(b"a pear"), "pear.txt", ada)
    Webhook.create(board, by=ada, name="Press", url="https://hooks.example/in", events=["card_closed"])
    Webhook.create(board, by=ada, name="All", url="https://hooks.example/all")
    post = Post.draft(ada, ["The kettle is on."])
    choose(post, [Connection.feed_of(ada.account)])
    plan = Plan(1, (now() + timedelta(hours=1)).replace(tzinfo=None), ZoneInfo("UTC"), skip_dates=frozenset({date.max}))
    create("post", post.id, plan, ada)
    delete(create("post", post.id, plan, ada))
    db.session.commit()


def everything():
    """All rows, as the models read them."""
    db.session.rollback()
    tables = [each for each in Model.metadata.sorted_tables if each.name not in OURS]
    there = set(db.inspect(db.engine).get_table_names())
    return {each.name: sorted(map(repr, db.session.execute(select(each)))) for each in tables if each.name in there}


@pytest.mark.parametrize(("source", "target"), BOTH_WAYS)
def test_all_of_it_comes_along(program_on, tmp_path, source, target):
    program_on(source)
    plant()
    before = everything()
    assert [len(before[name]) for name in ("card", "webhooks_webhook", "recurring_queues")] == [1, 2, 1]
    made = back_up(tmp_path / "made", PASSPHRASE)
    program_on(target)
    Account.open("Elsewhere", owner_name="Zoe Stone", email="zoe@example.org")
    db.session.commit()
    assert restore(made, PASSPHRASE).lost == 0
    assert everything() == before
    assert {each.secret[:6] for each in db.session.scalars(select(Webhook))} == {"whsec_"}


@pytest.mark.parametrize(("source", "target"), BOTH_WAYS)
def test_life_goes_on_there_and_no_id_is_given_twice(program_on, tmp_path, source, target):
    program_on(source)
    plant()
    made = back_up(tmp_path / "made")
    program_on(target)
    restore(made)
    ada = db.session.scalars(select(User).filter_by(name="Ada Field")).one()
    card = db.session.scalars(select(Board)).one().add_card("Later", by=ada)
    post = db.session.scalars(select(Post)).one()
    queue = create("post", post.id, Plan(1, now().replace(tzinfo=None) + timedelta(days=1), ZoneInfo("UTC")), ada)
    db.session.commit()
    assert (card.number, db.session.query(Card).count()) == (2, 2)
    assert queue.id == 3, "the second was deleted, and posts may remember it"
    assert [each.id for each in db.session.scalars(select(Queue).order_by(Queue.id))] == [1, 3]


def test_what_breaks_off_amid_it_changes_nothing(program_on, tmp_path, monkeypatch):
    program_on("postgres")
    plant()
    made = back_up(tmp_path / "made")
    db.session.execute(text("UPDATE card SET title = 'Later'"))
    db.session.commit()
    before, carry, carried = everything(), portable._carry, []

    def break_off(table, source, target):
        carried.append(table)
        if target.dialect.name == "postgresql" and table.name == "card":
            raise Fault("The line went dead.")
        carry(table, source, target)

    monkeypatch.setattr(portable, "_carry", break_off)
    with pytest.raises(Fault, match="went dead"):
        restore(made)
    assert len(carried) > len(before), "it had begun to write"
    assert everything() == before


def test_rows_of_a_plugin_that_is_off_are_told_of_and_never_lost(program_on, tmp_path):
    program_on("postgres")
    db.session.execute(text("CREATE TABLE alembic_version_orchard (version_num TEXT)"))
    db.session.execute(text("CREATE TABLE orchard_apple (id INTEGER)"))
    db.session.commit()
    back_up(tmp_path / "empty")
    db.session.execute(text("INSERT INTO orchard_apple VALUES (1)"))
    db.session.commit()
    with pytest.raises(Fault, match="The table orchard_apple belongs to a plugin that is off"):
        back_up(tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_tables_of_others_are_left_alone(program_on, tmp_path):
    """Huey's may lie beside ours."""
    program_on("postgres")
    plant()
    db.session.execute(text("CREATE TABLE huey_task (id INTEGER)"))
    db.session.execute(text("INSERT INTO huey_task VALUES (1)"))
    db.session.commit()
    restore(back_up(tmp_path / "made"))
    assert db.session.scalar(text("SELECT count(*) FROM huey_task")) == 1


def test_what_others_have_tied_to_our_rows_is_not_emptied(program_on, tmp_path):
    program_on("postgres")
    plant()
    db.session.execute(text("CREATE TABLE report (card_id BIGINT REFERENCES card)"))
    db.session.execute(text("INSERT INTO report SELECT id FROM card"))
    db.session.commit()
    with pytest.raises(Fault, match="report"):
        restore(back_up(tmp_path / "made"))
    assert db.session.scalar(text("SELECT count(*) FROM report")) == 1
