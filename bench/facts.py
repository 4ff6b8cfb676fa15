"""What a number was measured on; without that it says nothing."""

import os
import platform
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("fallow", "flask", "sqlalchemy", "huey", "uvicorn")


def facts() -> dict[str, object]:
    """Time, commit, machine and versions."""
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": {
            "system": f"{platform.system()} {platform.release().partition('-')[0]}",
            "processor": _processor(),
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
            "memory_gb": _memory(),
            "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        },
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            **{name: version(name) for name in PACKAGES},
        },
    }


def _commit() -> str:
    """The commit, with a + where files differ from it."""
    here = Path(__file__).parent
    run = {"cwd": here, "capture_output": True, "text": True, "check": True}
    commit = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], **run).stdout.strip()
    status = ["git", "status", "--porcelain", "--", "../src", "../plugins", "../templates"]
    changed = subprocess.run(status, **run).stdout
    return commit + ("+" if changed.strip() else "")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (AttributeError, ValueError):
        return None
