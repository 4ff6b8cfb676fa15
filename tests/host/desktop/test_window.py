"""What opens the program."""

import os
import sys

import pytest

from host.desktop import window
from host.desktop.window import browsers, has_display, restore_library_path, show

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the browsers of other systems lie elsewhere")


@pytest.fixture
def browser(tmp_path, monkeypatch):
    """`browser("chromium", script)`: puts it on the path, which holds nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setattr("webbrowser._tryorder", [])

    def put(name: str, script: str = "exit 0"):
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return put


def test_a_browser_of_the_family_gets_a_window_and_a_profile_of_its_own(browser, tmp_path):
    browser("chromium", f'echo "$@" > {tmp_path}/asked')
    assert show("http://127.0.0.1:7333/launch/key", tmp_path / "window")
    asked = (tmp_path / "asked").read_text().split()
    assert asked[:2] == ["--app=http://127.0.0.1:7333/launch/key", f"--user-data-dir={tmp_path}/window"]


def test_one_that_goes_on_running_is_a_window(browser, tmp_path, monkeypatch):
    monkeypatch.setattr(window, "STARTS_WITHIN", 0.1)
    browser("chromium", f"echo $$ > {tmp_path}/pid; exec /bin/sleep 60")
    assert show("http://127.0.0.1:7333/", tmp_path / "window")
    os.kill(int((tmp_path / "pid").read_text()), 9)


def test_one_that_cannot_start_is_passed_over(browser, tmp_path):
    browser("google-chrome", "exit 1")
    browser("chromium", f": > {tmp_path}/opened")
    assert show("http://127.0.0.1:7333/", tmp_path / "window")
    assert (tmp_path / "opened").exists()


def test_without_any_browser_nothing_is_opened(browser, tmp_path):
    assert not show("http://127.0.0.1:7333/", tmp_path / "window")


def test_without_a_display_nothing_is_tried(browser, tmp_path, monkeypatch):
    browser("chromium", f": > {tmp_path}/opened")
    monkeypatch.delenv("DISPLAY")
    assert not has_display()
    assert not show("http://127.0.0.1:7333/", tmp_path / "window")
    assert not (tmp_path / "opened").exists()


def test_a_snap_cannot_read_our_folder_and_is_passed_over(browser, tmp_path):
    snap = browser("snap")
    (tmp_path / "bin" / "chromium").symlink_to(snap)
    edge = browser("microsoft-edge")
    assert list(browsers()) == [str(edge)]


def test_a_browser_gets_the_libraries_of_the_system_not_those_of_the_executable(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/tmp/_MEIxyz")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/local/lib")
    restore_library_path()
    assert os.environ["LD_LIBRARY_PATH"] == "/usr/local/lib"
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG")
    restore_library_path()
    assert "LD_LIBRARY_PATH" not in os.environ
