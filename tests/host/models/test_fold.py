"""Which columns a person keeps folded."""

from host.db import db
from host.models import Fold


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
