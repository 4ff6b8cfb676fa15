"""Who sees a board no more watches nothing there and looks after nothing; what they did stays."""

import pytest
from sqlalchemy import func, select

from host import ACCESS_REVOKED, Access, Assignment, Board, Comment, Event, Pin, User, Watch, db


@pytest.fixture
def plugins():
    """With the one that has something to take back itself."""
    return ("cleanup", "notifications")


@pytest.fixture
def card(board, owner, member, drain_jobs):
    """Ben's to look after; he has said something, and was named."""
    card = board.add_card("Bake", by=owner, description=f"For @{member.handle}")
    card.assign(member, owner)
    card.comment("On it", member)
    Pin.put(card, member)
    card.comment(f"Thanks @{member.handle}", owner)
    drain_jobs()
    return card


def left(person):
    """How much of this person's there is, by kind."""
    from plugins.notifications.mention import Mention
    from plugins.notifications.models import Notification

    counts = {}
    for model in (Watch, Pin, Assignment, Notification, Mention):
        counts[model.__name__] = db.session.scalar(select(func.count()).where(model.user_id == person.id))
    db.session.commit()
    return counts


NOTHING = {"Watch": 0, "Pin": 0, "Assignment": 0, "Notification": 0, "Mention": 0}


def test_all_of_theirs_goes_and_history_stays(board, card, owner, member, drain_jobs):
    assert left(member) == {"Watch": 1, "Pin": 1, "Assignment": 1, "Notification": 1, "Mention": 2}
    mine, events = left(owner), db.session.scalar(select(func.count()).select_from(Event))
    board.revoke([member], by=owner)
    drain_jobs()
    assert left(member) == NOTHING
    assert left(owner) == mine
    assert db.session.scalars(select(Comment.creator_id).order_by(Comment.id)).first() == member.id
    assert db.session.scalar(select(func.count()).select_from(Event)) == events + 1
    db.session.refresh(card)
    assert card.assignees == []


def test_what_is_theirs_on_other_boards_stays(board, card, owner, member, drain_jobs):
    other = Board.create("Garden", by=owner)
    other.add_card("Sow", by=owner).assign(member, owner)
    drain_jobs()
    board.revoke([member], by=owner)
    drain_jobs()
    assert left(member)["Assignment"] == left(member)["Watch"] == 1


def test_who_is_let_in_again_before_the_job_keeps_all(board, card, owner, member, drain_jobs):
    before = left(member)
    board.revoke([member], by=owner)
    db.session.commit()
    board.grant([member])
    drain_jobs()
    assert left(member) == before


def test_a_board_that_somebody_was_shut_out_of_is_no_longer_for_all(board, owner, member):
    board.revoke([member], by=owner)
    assert not board.all_access
    late = User.join(owner.account, name="Late Comer", email="late@example.org")
    sees = select(Access.board_id).where(Access.user_id == late.id)
    assert db.session.scalars(sees).all() == []


def test_revoking_what_nobody_has_says_nothing(owner, member):
    board = Board.create("Mine", by=owner, all_access=False)
    board.revoke([member], by=owner)
    assert db.session.scalar(select(func.count()).where(Event.kind == ACCESS_REVOKED.name)) == 0


def test_by_the_api_for_admins_and_the_boards_creator(board, card, member, ask, ben, owner, drain_jobs):
    address = f"/boards/{board.id}/accesses/{member.id}"
    assert ben("DELETE", f"/boards/{board.id}/accesses/{owner.id}").status_code == 403
    assert ask("DELETE", address).status_code == 204
    drain_jobs()
    assert left(member) == NOTHING
    assert ben("GET", f"/boards/{board.id}").status_code == 404
    assert ben("PUT", address).status_code == 404
    assert ask("PUT", address).status_code == 204
    assert ben("GET", f"/boards/{board.id}").status_code == 200
    assert ask("PUT", f"/boards/{board.id}/accesses/{owner.account.system.id}").status_code == 404
    assert ask("DELETE", f"/boards/{board.id}/accesses/99999").status_code == 404
