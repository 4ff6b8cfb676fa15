"""A plugin that is switched, or that failed for once, is on no page as it was."""

import re

import pytest

from host.plugging.state import State

BELL = 'id="bell"'


@pytest.fixture
def plugins():
    return None  # all of ours: of those that are named, the switches decide nothing


@pytest.fixture
def page(board):
    return f"/boards/{board.id}"


def test_one_that_is_switched_off_is_gone_for_all(reader, owner, member, page):
    ada, ben = reader(owner), reader(member)
    assert BELL in ben.reads(page)
    token = re.search(r'csrf_token" value="([^"]+)"', ada.reads(page))[1]
    address = "/settings/plugins/notifications/activation"
    form = {"body": f"csrf_token={token}", "Content_Type": "application/x-www-form-urlencoded"}
    assert ada.ask(f"{address}/delete", "POST", **form).status == 303
    assert BELL not in ben.reads(page)
    assert ada.ask(address, "POST", **form).status == 303
    assert BELL in ben.reads(page)


def test_one_that_another_program_switches_off_too(reader, owner, page, app):
    ada = reader(owner)
    assert BELL in ada.reads(page)
    state = State.read(app.extensions["fallow"].config.data)
    state.switch_off(["notifications"])
    assert BELL not in ada.reads(page)
    state.switch_on(["notifications"])
    assert BELL in ada.reads(page)


def test_one_that_failed_is_asked_again(reader, owner, page, app, monkeypatch):
    from plugins.notifications import bell

    def fail(*_any):
        raise OSError("the disk is away for a moment")

    ada = reader(owner)
    monkeypatch.setattr(app.extensions["fallow"].plugins, "strict", False)
    with monkeypatch.context() as patch:
        patch.setattr(bell, "unread_count", fail)
        assert BELL not in ada.reads(page)
    assert BELL in ada.reads(page)
