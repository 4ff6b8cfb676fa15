"""Which columns a person keeps folded."""

from threading import Event, Thread

from host.db import db
from host.models import Board, Fold, User


def test_folds_are_each_persons_own(board, owner, member):
    key = str(board.columns[0].id)
    assert Fold.keys(owner, board) == {"not_now", "done"}
    Fold.set(owner, board, key, folded=True)
    Fold.set(owner, board, "done", folded=False)
    db.session.commit()
    assert Fold.keys(owner, board) == {"not_now", key}
    assert Fold.keys(member, board) == {"not_now", "done"}
    Fold.set(owner, board, key, folded=False)
    Fold.set(owner, board, key, folded=False)
    assert Fold.keys(owner, board) == {"not_now"}


def test_two_tabs_may_fold_a_column_at_once(app, board, owner):
    ids, asking = (owner.id, board.id), Event()

    def other_tab() -> None:
        with app.app_context():
            asking.set()
            Fold.set(db.session.get(User, ids[0]), db.session.get(Board, ids[1]), "maybe", folded=False)
            db.session.commit()

    Fold.set(owner, board, "maybe", folded=True)
    thread = Thread(target=other_tab)
    thread.start()
    asking.wait()
    thread.join(0.3)  # let it come as far as it can; whichever way, the later word counts
    db.session.commit()
    thread.join()
    assert Fold.keys(owner, board) == {"not_now", "done"}
