"""Showing the program: in a window of its own where a browser of the Chromium family is here, else in the usual one."""

import os
import shutil
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path

LINUX = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave-browser",
)
MAC = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
)
STARTS_WITHIN = 2  # seconds; a browser that cannot start has ended by then


def show(url: str, profile: Path) -> bool:
    """Open the address; False when there is nothing to open it with. `profile` is the folder of our own window."""
    restore_library_path()
    if not has_display():
        return False
    return any(_started(browser, url, profile) for browser in browsers()) or webbrowser.open(url)


def browsers() -> Iterator[str]:
    """Programs of the Chromium family on this machine, the likeliest first."""
    if sys.platform == "win32":
        roots = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        yield from _present(Path(root) / path for path in WINDOWS for root in roots if root)
    elif sys.platform == "darwin":
        roots = [Path("/Applications"), Path.home() / "Applications"]
        yield from _present(root / f"{name}.app/Contents/MacOS/{name}" for name in MAC for root in roots)
    else:
        found = (shutil.which(name) for name in LINUX)
        yield from (path for path in found if path is not None and not _is_snap(path))


def has_display() -> bool:
    """Without one, Python would start a browser in the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def restore_library_path() -> None:
    """The executable points the system's loader at its own libraries, which a browser must not load."""
    ours = os.environ.pop("LD_LIBRARY_PATH", None) if getattr(sys, "frozen", False) else None
    theirs = os.environ.get("LD_LIBRARY_PATH_ORIG")
    if ours is not None and theirs is not None:
        os.environ["LD_LIBRARY_PATH"] = theirs


def _started(browser: str, url: str, profile: Path) -> bool:
    command = [browser, f"--app={url}", f"--user-data-dir={profile}", "--no-first-run", "--no-default-browser-check"]
    try:
        # A session of its own: Ctrl-C in our terminal is not meant for it.
        window = subprocess.Popen(  # noqa: S603 -- one of the fixed names, and an address of ours
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError:
        return False
    try:
        return window.wait(STARTS_WITHIN) == 0  # it handed the address to a window that was open already
    except subprocess.TimeoutExpired:
        threading.Thread(target=window.wait, daemon=True).start()  # leaves no zombie when it is closed
        return True


def _present(paths: Iterator[Path]) -> Iterator[str]:
    return (str(path) for path in paths if path.is_file())


def _is_snap(path: str) -> bool:
    """A snap may not read hidden folders, and our data lies in one."""
    return Path(path).resolve().name == "snap" or "/snap/" in path
