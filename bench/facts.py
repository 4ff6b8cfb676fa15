"""What a number was measured on; without that it says nothing."""

import os
import platform
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

PACKAGES = ("fallow", "flask", "sqlalchemy", "huey", "uvicorn")


def facts(since: "Processors | None") -> dict[str, object]:
    """Time, commit, machine and versions, after a measurement that began when the processors had done so much."""
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": {
            "system": f"{platform.system()} {platform.release().partition('-')[0]}",
            "processor": _processor(),
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
            "memory_gb": _memory(),
            "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
            "stolen": stolen(since, processors()),
        },
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            **{name: version(name) for name in PACKAGES},
        },
    }


class Processors(NamedTuple):
    """Ticks since the machine started: at work, and when there was work, but the host of a virtual machine had lent
    its processors to another one."""

    busy: int
    stolen: int


def processors() -> Processors | None:
    """None where nobody counts."""
    try:
        line = Path("/proc/stat").read_text().partition("\n")[0]
    except OSError:
        return None
    user, nice, system, _idle, _waiting, irq, softirq, stolen, *_guests = map(int, line.split()[1:])
    return Processors(user + nice + system + irq + softirq, stolen)


def stolen(before: Processors | None, after: Processors | None) -> float | None:
    """The share of the time that programs had a use for."""
    if before is None or after is None:
        return None
    busy, stolen = after.busy - before.busy, after.stolen - before.stolen
    return round(stolen / max(busy + stolen, 1), 3)


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
