"""What signals ask for."""

import os
import signal
from contextlib import suppress

import pytest

from host.stop import SIGNALS, Stop

TAKEN = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]


@pytest.fixture(autouse=True)
def as_before():
    kept = {number: signal.signal(number, signal.SIG_DFL) for number in TAKEN}  # whatever the caller ignores
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", TAKEN)
def test_a_signal_asks(number):
    asked = []
    stop = Stop().on_signals()
    stop.then(lambda: asked.append(number))
    assert not stop.wanted
    signal.raise_signal(number)
    assert (stop.wanted, asked) == (True, [number])


def test_one_that_came_too_early_is_not_forgotten():
    asked = []
    stop = Stop().on_signals()
    signal.raise_signal(signal.SIGTERM)
    stop.then(lambda: asked.append("now"))
    assert asked == ["now"]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no terminal that hangs up")
def test_who_was_started_with_nohup_survives_the_terminal():
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    stop = Stop().on_signals()
    signal.raise_signal(signal.SIGHUP)
    assert not stop.wanted


@pytest.mark.skipif(not hasattr(os, "fork"), reason="ends a process that was forked")
def test_a_second_signal_ends_the_process():
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            Stop().on_signals()
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 130
