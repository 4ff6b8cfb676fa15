"""What was there at the start is left out of garbage collections."""

import gc

import pytest

from host import heap


@pytest.fixture
def unfrozen():
    """The tests after this one collect as before."""
    before = gc.get_freeze_count()
    yield before
    gc.unfreeze()


def test_what_is_there_by_now_is_collected_no_more_and_what_comes_later_is(unfrozen):
    kept = [object() for _each in range(3)]
    heap.settle()
    assert gc.get_freeze_count() > unfrozen
    assert not any(each is kept for each in gc.get_objects())
    later = [kept]
    assert any(each is later for each in gc.get_objects())
