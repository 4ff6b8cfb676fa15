"""Who on a Trello board is who in the space."""

import pytest

from host.db import db
from host.models import User
from tests.host.transfer.conftest import TakeOver, cards_of, trello_board

CARD = {"name": "Sink", "idMembers": ["m1"]}


def assignee(take_over: TakeOver, *members: dict) -> User:
    board, _report = take_over(trello_board(CARD, members=list(members)))
    return cards_of(board)["Sink"].assignees[0]


def test_somebody_of_the_same_name_is_the_same_person(take_over: TakeOver, owner: User) -> None:
    assert assignee(take_over, {"id": "m1", "username": "ik1999", "fullName": "ines KELL"}) is owner


def test_a_name_that_two_people_have_is_nobodys(take_over: TakeOver, owner: User) -> None:
    User.join(owner.account, name="Ines Kell", email="other@example.org")
    found = assignee(take_over, {"id": "m1", "username": "ik1999", "fullName": "Ines Kell"})
    assert (found.handle, found.email) == ("ik1999", None)


def test_two_members_of_one_name_stay_two(take_over: TakeOver, owner: User) -> None:
    members = [{"id": each, "username": each, "fullName": "Ines Kell"} for each in ("m0", "m1")]
    found = assignee(take_over, *members)
    assert found is not owner
    assert found.handle == "m1"


def test_a_handle_alone_makes_nobody_somebody_else(take_over: TakeOver, owner: User) -> None:
    bo = User.join(owner.account, name="Bo", email="bo@example.org")
    found = assignee(take_over, {"id": "m1", "username": "bo", "fullName": "Bo Other"})
    assert found is not bo
    assert found.handle == "bo-2"


def test_who_was_invited_before_is_found_by_the_handle(take_over: TakeOver) -> None:
    first = assignee(take_over, {"id": "m1", "username": "tom_b", "fullName": "Tom"})
    renamed = {"id": "m1", "username": "tom_b", "fullName": "Tom Beck"}
    assert assignee(take_over, {"id": "other", "username": "x"}, renamed) is first


def test_a_deactivated_person_is_not_found_again(take_over: TakeOver, owner: User) -> None:
    User.join(owner.account, name="Tom", email=None).deactivate()
    assert assignee(take_over, {"id": "m1", "username": "tom", "fullName": "Tom"}).handle == "tom-2"


@pytest.mark.parametrize(
    ("member", "name", "handle"),
    [
        ({"id": "m1", "username": "tom"}, "tom", "tom"),
        ({"id": "m1"}, "Somebody from Trello", "somebody-from-trello"),
        ({"id": "m1", "fullName": "N" * 300}, "N" * 120, "n" * 32),
        ({"id": "m1", "username": "system", "fullName": "S"}, "S", "system-2"),
    ],
    ids=["no name", "nothing", "a long name", "a taken handle"],
)
def test_a_member_with_little_said_of_them(take_over: TakeOver, member: dict, name: str, handle: str) -> None:
    found = assignee(take_over, member)
    assert (found.name, found.handle) == (name, handle)


def test_a_member_of_no_card_is_invited_and_a_passer_by_is_not(take_over: TakeOver, owner: User) -> None:
    mover = {"id": "m2", "username": "mover", "fullName": "Only Moved A Card"}
    actions = [{"type": "updateCard", "memberCreator": mover, "idMemberCreator": "m2", "data": {}}]
    take_over(trello_board(CARD, members=[{"id": "m1", "username": "quiet"}], actions=actions))
    handles = set(db.session.scalars(db.select(User.handle).where(User.account_id == owner.account_id)))
    assert "quiet" in handles
    assert "mover" not in handles
