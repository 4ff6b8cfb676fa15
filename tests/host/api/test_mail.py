"""The space's mail by the API."""

import pytest

from host.jobs import drain
from host.models.token import Scope
from tests.smtp_server import PASSWORD

GIVEN = {"host": "smtp.example.org", "port": 587, "security": "tls", "sender_address": "fallow@example.org"}
NONE = {"server": None, "has_shared": False, "kept": 0, "trial": None}


def test_put_get_and_delete(ada, smtp_server):
    assert ada("GET", "/mail").json == NONE
    told = ada("PUT", "/mail", json={**smtp_server.settings})
    assert told.status_code == 200
    assert ada("GET", "/mail").json == told.json
    assert told.json["server"]["port"] == smtp_server.port
    assert "password" not in told.json["server"]
    assert PASSWORD not in told.text
    for _twice in range(2):
        assert ada("DELETE", "/mail").status_code == 204
    assert ada("GET", "/mail").json == NONE


def test_a_test(ada, smtp_server):
    ada("PUT", "/mail", json={**smtp_server.settings})
    asked = ada("POST", "/mail/test")
    assert (asked.status_code, asked.json["ended_at"], asked.json["email"]) == (202, None, "ada@example.org")
    drain()
    trial = ada("GET", "/mail").json["trial"]
    assert (trial["sent"], trial["said"]) == (True, "localhost took the letter for ada@example.org.")
    assert len(smtp_server.letters) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"port": 0}, "port"), ({"port": 70000}, "port"), ({"port": "abc"}, "port"), ({"port": None}, "port"),
     ({"host": "a b"}, "host"), ({"host": 7}, "host"), ({"security": "ssl"}, "security"),
     ({"sender_address": "x"}, "sender_address"), ({"username": "u"}, "password")],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_field(ada, wrong, field):
    answer = ada("PUT", "/mail", json=GIVEN | wrong)
    assert (answer.status_code, [*answer.json["errors"]]) == (422, [field])
    assert ada("GET", "/mail").json == NONE


def test_for_admins_alone_and_each_for_their_own_space(ada, ben, program, stranger, owner):
    ada("PUT", "/mail", json=GIVEN)
    for method, path in (("GET", "/mail"), ("PUT", "/mail"), ("DELETE", "/mail"), ("POST", "/mail/test")):
        assert ben(method, path, json=GIVEN if method == "PUT" else None).status_code == 403, method
    zoe = program(stranger)
    assert zoe("GET", "/mail").json["server"] is None
    assert zoe("DELETE", "/mail").status_code == 204
    assert ada("GET", "/mail").json["server"]["host"] == "smtp.example.org"
    reads = program(owner, Scope.READ)
    assert reads("GET", "/mail").status_code == 200
    assert reads("DELETE", "/mail").status_code == 403
