"""`Idempotency-Key`: what is sent again by the same name is done once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from host.db import db
from host.models import Board, RequestKey, Role

KEY = {"Idempotency-Key": "sow-1"}


def boards():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Board))


def test_what_is_sent_again_is_answered_as_before_and_not_done_again(ada):
    first, again = (ada("POST", "/boards", {"name": "Meadow"}, headers=KEY) for _time in range(2))
    assert (again.status_code, again.json) == (first.status_code, first.json) == (201, first.json)
    assert again.headers.get("Location") == first.headers.get("Location")
    assert (first.headers.get("Idempotent-Replayed"), again.headers["Idempotent-Replayed"]) == (None, "true")
    assert boards() == 1


def test_another_key_or_none_is_another_request(ada):
    for headers in (KEY, {"Idempotency-Key": "sow-2"}, {}, {}):
        assert ada("POST", "/boards", {"name": "Meadow"}, headers=headers).status_code == 201
    assert boards() == 4


def test_a_key_belongs_to_one_request(ada):
    ada("POST", "/boards", {"name": "Meadow"}, headers=KEY)
    for path, body in (("/boards", {"name": "Heath"}), ("/boards?loud=1", {"name": "Meadow"})):
        refused = ada("POST", path, body, headers=KEY)
        assert refused.status_code == 422
        assert refused.json["errors"] == {"Idempotency-Key": ["This key was used for another request."]}
    assert boards() == 1


def test_a_key_belongs_to_one_person(ada, program, member):
    member.take_role(Role.ADMIN)
    db.session.commit()
    assert ada("POST", "/boards", {"name": "Meadow"}, headers=KEY).status_code == 201
    assert program(member)("POST", "/boards", {"name": "Heath"}, headers=KEY).status_code == 201


def test_what_was_refused_may_be_sent_again_by_its_name(ada):
    assert ada("POST", "/boards", {"name": ""}, headers=KEY).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(RequestKey)) == 0
    assert ada("POST", "/boards", {"name": "Meadow"}, headers=KEY).status_code == 201


def test_after_a_day_it_is_forgotten(ada, travel):
    for _time in range(2):
        assert ada("POST", "/boards", {"name": "Meadow"}, headers=KEY).status_code == 201
        travel(hours=25)
    assert boards() == 2


def test_one_whose_answer_was_lost_is_not_done_again(ada, owner):
    ada("POST", "/boards", {"name": "Meadow"}, headers=KEY)
    [row] = db.session.scalars(select(RequestKey)).all()
    row.status = row.body = None  # as a program leaves it that dies between the two commits
    db.session.commit()
    assert ada("POST", "/boards", {"name": "Meadow"}, headers=KEY).status_code == 409
    assert boards() == 1


@pytest.mark.parametrize("key", ["", " ", "a" * 256])
def test_a_key_that_is_none(ada, key):
    refused = ada("POST", "/boards", {"name": "Meadow"}, headers={"Idempotency-Key": key})
    assert refused.status_code == 422
    assert boards() == 0


def test_of_two_at_once_one_is_done(ada):
    both = Barrier(2)

    def send(_number):
        both.wait()
        return ada("POST", "/boards", {"name": "Meadow"}, headers=KEY).status_code

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(send, range(2)))
    assert statuses in ([201, 201], [201, 409])
    assert boards() == 1


def test_other_methods_take_no_notice_of_it(ada):
    assert ada("GET", "/boards", headers=KEY).status_code == 200
    assert db.session.scalar(select(func.count()).select_from(RequestKey)) == 0
