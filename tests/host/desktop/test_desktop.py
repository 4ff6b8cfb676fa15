"""`fallow` alone, as a real process."""

import os
import sys

import pytest

from tests.programs import get, run, signed_in


def test_a_second_start_shows_the_first(start, data):
    first = start("--no-window", FALLOW_PORT=free_port())
    base = first.base
    second = run("--no-window", data=data)
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout.startswith(f"Open Fallow at {base}/launch/")
    # Both addresses let in, each once.
    for launch in (first.url, second.stdout.split()[-1]):
        cookie = signed_in(launch)
        with get(f"{base}/welcome", Cookie=cookie) as answer:
            page = answer.read().decode()
        assert "Everything stays on this computer." in page
        assert "password" not in page
    assert first.stop() == 0
    assert not (data / "instance.json").exists()


def test_it_listens_on_this_machine_only_whatever_the_settings_say(start):
    program = start("--no-window", FALLOW_HOST="0.0.0.0", FALLOW_PUBLIC_URL="https://board.example.org")
    assert program.base.startswith("http://127.0.0.1:")


@pytest.mark.skipif(sys.platform != "linux", reason="the browsers of other systems lie elsewhere")
def test_it_opens_a_window_and_says_where_it_is(start, tmp_path):
    browser = tmp_path / "bin" / "chromium"
    browser.parent.mkdir()
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    program = start(PATH=f"{browser.parent}:{os.defpath}", DISPLAY=":99")
    base = program.base
    assert program.said == f"Fallow is at {base}\n"  # the key is in the window only
    opened = (tmp_path / "opened").read_text().strip().removeprefix("--app=")
    assert opened.startswith(f"{base}/launch/")
    assert signed_in(opened)


def free_port() -> str:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as sock:
        return str(sock.getsockname()[1])
