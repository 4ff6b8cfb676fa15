"""What a page asks for more than once is looked up once; what changes something asks anew."""

import pytest

from host.web.once import once_a_page

pytestmark = pytest.mark.sqlite_only("no database decides this")


@pytest.fixture
def asked():
    """What was looked up, and how to ask for it."""
    calls = []

    @once_a_page
    def square(number):
        calls.append(number)
        return number * number

    return calls, square


@pytest.mark.parametrize(("method", "looked_up"), [("GET", [3, 4]), ("HEAD", [3, 4]), ("POST", [3, 3, 4])])
def test_only_a_request_that_reads_remembers(app, asked, method, looked_up):
    calls, square = asked
    with app.test_request_context(method=method):
        assert [square(3), square(3), square(4)] == [9, 9, 16]
    assert calls == looked_up


def test_the_next_request_looks_again(app, asked):
    calls, square = asked
    for _request in range(2):
        with app.app_context(), app.test_request_context():
            square(3)
    assert calls == [3, 3]


def test_outside_of_requests_it_is_asked_each_time(app, asked):
    calls, square = asked
    assert [square(3), square(3)] == [9, 9]
    assert calls == [3, 3]


def test_two_functions_do_not_answer_for_each_other(app, asked):
    _calls, square = asked
    cube = once_a_page(lambda number: number**3)
    with app.test_request_context():
        assert (square(3), cube(3)) == (9, 27)
