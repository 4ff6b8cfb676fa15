"""Who has an answer already is told so, and spared the rest."""

import pytest

from host.clock import now


@pytest.mark.parametrize("path", ["/cards", "/cards/1", "/boards", "/me", "/events", "/openapi.json"])
def test_what_is_unchanged_is_not_sent_again(ada, card, path):
    first = ada("GET", path)
    again = ada("GET", path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert ada("GET", path, headers={"If-None-Match": f'"other", {first.headers["ETag"]}'}).status_code == 304
    assert ada("GET", path, headers={"If-None-Match": '"other"'}).data == first.data


def test_what_changed_is_sent(ada, card, owner):
    for path in ("/cards", "/cards/1"):
        before = ada("GET", path)
        card.rename(f"At {now()}", owner)
        after = ada("GET", path, headers={"If-None-Match": before.headers["ETag"]})
        assert after.status_code == 200
        assert after.headers["ETag"] != before.headers["ETag"]


def test_asking_for_the_head_says_the_same(ada, card):
    whole, head = ada("GET", "/cards/1"), ada("HEAD", "/cards/1")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert ada("HEAD", "/cards/1", headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


def test_answers_are_kept_by_nobody_between(ada, card):
    assert ada("GET", "/cards/1").headers["Cache-Control"] == "private, no-cache"


def test_a_change_is_never_unchanged(ada, card):
    answer = ada("PUT", "/cards/1/closure", headers={"If-None-Match": "*"})
    assert (answer.status_code, answer.json["place"]) == (200, "done")
