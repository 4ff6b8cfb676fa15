"""What the tests of the cleanup share."""

import pytest

from host import Tag, db
from host.models import RequestKey


@pytest.fixture
def unused(account):
    """`unused(3)`: so many tags on no card."""

    def make(count):
        for number in range(count):
            Tag.named(account.id, f"unused {number}")
        db.session.commit()

    return make


@pytest.fixture
def requests(owner, travel):
    """`requests(3)`: so many names of requests of ten days ago; the rule keeps them for one."""

    def make(count):
        for number in range(count):
            RequestKey.begin(owner, f"request {number}", "x")
        db.session.commit()
        travel(days=10)

    return make
