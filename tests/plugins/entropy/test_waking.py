"""Waking a resting card on a day: when it does, what moves it, and what takes it away."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from host import Event, Invalid, Job, cancel, db, local_time, now, reschedule
from plugins.entropy.stay import stay
from plugins.entropy.waking import Waking, let_rest, wake, wake_late, wake_on


@pytest.fixture
def resting(board, owner, aged):
    """A card that Ada put to rest today."""
    card = aged(board, days=3)
    card.postpone(owner)
    db.session.commit()
    return card


@pytest.fixture
def day():
    """`day(3)`: three days from today, by this computer's calendar."""
    return lambda ahead: local_time(now()).date() + timedelta(days=ahead)


def waiting():
    return db.session.scalars(select(Job).where(Job.task == wake.name, Job.state == "waiting")).all()


def test_it_wakes_when_the_day_begins(resting, owner, day, travel, drain_jobs, places):
    wake_on(resting, day(3), owner)
    assert local_time(Waking.of(resting).at).strftime("%F %T") == f"{day(3)} 00:00:00"
    travel(days=2)
    drain_jobs()
    assert places(resting) == ["not_now"]
    travel(days=1)
    drain_jobs()
    assert places(resting) == ["maybe"]
    assert Waking.of(resting) is None
    assert now() - resting.last_active_at < timedelta(minutes=1)  # its clock starts again


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_day_begins_by_the_clock_of_whoever_chose_it(resting, owner, zone):
    """Fourteen hours before UTC, and eleven behind it: at any time one of them has another day than this computer."""
    owner.live_in(zone)
    today = local_time(now(), owner).date()
    with pytest.raises(Invalid):
        wake_on(resting, today, owner)
    wake_on(resting, today + timedelta(days=1), owner)
    at = local_time(Waking.of(resting).at, owner)
    assert f"{at:%F %T}" == f"{today + timedelta(days=1)} 00:00:00"


def test_the_page_offers_and_shows_days_of_the_same_clock(resting, owner, client):
    owner.live_in("Pacific/Kiritimati")
    tomorrow = local_time(now(), owner).date() + timedelta(days=1)
    wake_on(resting, tomorrow, owner)
    db.session.commit()
    (field,) = re.findall(r'<input[^>]*id="wake-date"[^>]*>', client.get(f"/cards/{resting.number}").text)
    assert f'min="{tomorrow}"' in field
    assert f'value="{tomorrow}"' in field


def test_its_day_counts_even_when_its_job_was_thrown_away(resting, owner, day, travel, drain_jobs, places):
    wake_on(resting, day(1), owner)
    cancel(Waking.of(resting).job_id)
    db.session.commit()
    assert wake_late.run() == "nothing to wake"
    travel(days=1)
    drain_jobs()
    assert places(resting) == ["not_now"]
    assert wake_late.run() == "woke 1 card"
    assert (places(resting), wake_late.run()) == (["maybe"], "nothing to wake")


def test_its_watchers_hear_that_nobody_moved_it(resting, account, owner, day, travel, drain_jobs):
    wake_on(resting, day(1), owner)
    travel(days=1)
    drain_jobs()
    told = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert (told.kind, told.creator) == ("card_sent_back_to_triage", account.system)


def test_choosing_again_moves_the_one_job(resting, owner, day, travel, drain_jobs, places):
    wake_on(resting, day(1), owner)
    wake_on(resting, day(5), owner)
    assert [job.run_at for job in waiting()] == [Waking.of(resting).at]
    travel(days=2)
    drain_jobs()
    assert places(resting) == ["not_now"]
    travel(days=3)
    drain_jobs()
    assert places(resting) == ["maybe"]


def test_it_can_be_taken_back(resting, owner, day):
    wake_on(resting, day(1), owner)
    let_rest(resting, owner)
    assert Waking.of(resting) is None
    assert waiting() == []
    let_rest(resting, owner)
    kinds = db.session.scalars(select(Event.kind).where(Event.kind.startswith("entropy."))).all()
    assert kinds == ["entropy.card_waking_chosen", "entropy.card_waking_dropped"]


WAYS_OUT = {
    "woken": lambda card, by: card.send_back_to_triage(by),
    "moved": lambda card, by: card.triage_into(card.board.columns[0], by),
    "closed": lambda card, by: card.close(by),
    "stays": stay,
    "deleted": lambda card, by: card.delete(by=by),
}


@pytest.mark.parametrize("leave", WAYS_OUT.values(), ids=WAYS_OUT)
def test_whatever_ends_the_rest_before_takes_the_waking_along(resting, owner, day, travel, drain_jobs, leave):
    wake_on(resting, day(1), owner)
    job = waiting()[0]
    leave(resting, owner)
    db.session.commit()
    assert db.session.scalars(select(Waking)).all() == []
    events = db.session.scalars(select(Event.id)).all()
    travel(days=1)
    drain_jobs()
    db.session.refresh(job)
    assert (job.state, job.summary) == ("done", "nothing to wake")
    assert db.session.scalars(select(Event.id)).all() == events


def test_a_card_that_is_removed_wakes_once_it_is_brought_back(resting, owner, day, travel, drain_jobs, places):
    wake_on(resting, day(1), owner)
    travel(days=1)
    resting.remove(owner)
    db.session.commit()
    events = db.session.scalars(select(Event.id)).all()
    drain_jobs()
    assert wake_late.run() == "nothing to wake"
    assert db.session.scalars(select(Event.id)).all() == events
    resting.bring_back()
    db.session.commit()
    assert (wake_late.run(), places(resting)) == ("woke 1 card", ["maybe"])


def test_a_later_rest_knows_nothing_of_it(resting, owner, day, travel, drain_jobs, places):
    wake_on(resting, day(1), owner)
    resting.send_back_to_triage(owner)
    resting.postpone(owner)
    db.session.commit()
    travel(days=1)
    drain_jobs()
    assert places(resting) == ["not_now"]


def test_a_job_that_comes_too_early_leaves_it(resting, owner, day, places):
    wake_on(resting, day(4), owner)
    assert wake(postponement_id=resting.postponement.id) == "it is not the day yet"
    assert places(resting) == ["not_now"]


def test_a_job_that_somebody_runs_before_the_day_wakes_the_card_on_it_all_the_same(
    resting, owner, day, travel, drain_jobs, places
):
    wake_on(resting, day(4), owner)
    reschedule(waiting()[0], now())  # what "Run now" does
    drain_jobs()
    assert places(resting) == ["not_now"]
    assert [job.id for job in waiting()] == [Waking.of(resting).job_id]
    travel(days=4)
    drain_jobs()
    assert places(resting) == ["maybe"]


@pytest.mark.parametrize("ahead", [0, -1, -400, 3651, 2_000_000])
def test_a_day_that_cannot_be_is_refused(resting, owner, day, ahead):
    wake_on(resting, day(2), owner)
    with pytest.raises(Invalid) as refused:
        wake_on(resting, day(ahead), owner)
    assert refused.value.errors == {"date": ["Choose a day after today, within ten years."]}
    assert Waking.of(resting).day == day(2)
    assert len(waiting()) == 1


def test_ten_years_are_not_too_far(resting, owner, day):
    wake_on(resting, day(3650), owner)
    assert Waking.of(resting).day == day(3650)


def test_only_a_resting_card_can_wake(board, owner, aged, day):
    card = aged(board, days=1)
    with pytest.raises(Invalid):
        wake_on(card, day(1), owner)
    let_rest(card, owner)
    assert waiting() == []


def test_the_person_may_go(resting, account, member, day, travel, drain_jobs, places):
    wake_on(resting, day(1), member)
    db.session.delete(member)
    db.session.commit()
    travel(days=1)
    drain_jobs()
    assert places(resting) == ["maybe"]


class TestPage:
    pytestmark = pytest.mark.sqlite_only("a page is the same on either database; what lies below is tested on both")

    def test_the_foot_sets_changes_and_drops_the_day(self, client, board, resting, day):
        page, address = f"/cards/{resting.number}", f"/entropy/cards/{resting.number}/waking"
        html = client.get(page).text
        assert f'min="{day(1)}"' in html
        assert 'id="wake-never"' not in html
        answer = client.post(address, data={"date": str(day(3))})
        assert (answer.status_code, answer.location) == (303, page)
        html = client.get(page).text
        assert f'value="{day(3)}"' in html
        assert "Wakes " in html
        assert "Ada Field set this to wake on " in html
        assert ">wakes " in client.get(f"/boards/{board.id}/columns/not_now/cards").text
        assert client.post(f"{address}/delete").status_code == 303
        html = client.get(page).text
        assert "Wakes " not in html
        assert "Ada Field took back the day of waking" in html

    def test_a_card_that_somebody_woke_meanwhile_says_so(self, client, owner, resting, day):
        resting.send_back_to_triage(owner)
        db.session.commit()
        answer = client.post(f"/entropy/cards/{resting.number}/waking", data={"date": str(day(3))})
        assert answer.status_code == 422
        assert "Only a resting card can wake." in answer.text

    @pytest.mark.parametrize("given", ["2020-01-01", "tomorrow", "", "2026-13-40", None])
    def test_a_bad_day_stands_beside_its_field_and_nothing_is_stored(self, client, resting, given):
        data = {} if given is None else {"date": given}
        answer = client.post(f"/entropy/cards/{resting.number}/waking", data=data)
        assert answer.status_code == 422
        assert 'id="wake-date-errors"' in answer.text
        assert f'value="{given or ""}" aria-invalid="true"' in answer.text
        assert Waking.of(resting) is None


class TestApi:
    def test_it_sets_says_and_drops_the_day(self, ask, resting, owner, day):
        address = f"/cards/{resting.number}/waking"
        nobody = {"date": None, "at": None, "creator_id": None}
        assert ask("GET", address).json == nobody
        answer = ask("PUT", address, {"date": str(day(2))})
        assert answer.status_code == 200
        assert answer.json["date"] == str(day(2))
        assert answer.json["creator_id"] == owner.id
        assert ask("GET", address).json == answer.json
        assert ask("DELETE", address).status_code == 204
        assert ask("GET", address).json == nobody

    @pytest.mark.parametrize("given", [{"date": "2020-01-01"}, {"date": "soon"}, {"date": 5}, {"date": None}, {}])
    def test_what_is_no_day_to_come_is_refused_by_name(self, ask, resting, given):
        answer = ask("PUT", f"/cards/{resting.number}/waking", given)
        assert answer.status_code == 422
        assert list(answer.json["errors"]) == ["date"]
        assert Waking.of(resting) is None

    def test_a_card_that_is_awake_is_refused(self, ask, board, aged):
        card = aged(board, days=1)
        answer = ask("PUT", f"/cards/{card.number}/waking", {"date": str(date(2030, 1, 1))})
        assert (answer.status_code, answer.json["errors"]) == (422, {"date": ["Only a resting card can wake."]})
