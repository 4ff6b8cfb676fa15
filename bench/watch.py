"""How long others would have to wait for SQLite's write lock: a process that looks again and again whether it is free.

As a program: `python watch.py FILE` looks until its input ends, then prints the longest time in which it never was.
"""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOOK = 0.0005  # seconds between two looks
MISSED = 0.005  # seconds; when the machine kept us from looking for longer, nobody knows what was in between


@contextmanager
def watching(file: Path) -> Iterator[list[float]]:
    """The list holds that time, in seconds, once the block is over."""
    found: list[float] = []
    command = [sys.executable, __file__, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as watch:
        yield found
        found.append(float(watch.communicate()[0]))


def main(file: str) -> None:
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    connection = sqlite3.connect(file, timeout=0, isolation_level=None)
    longest, taken, before = 0.0, 0.0, time.perf_counter()
    while not over.is_set():
        looked_at = time.perf_counter()
        taken = 0.0 if _is_free(connection) else taken + min(looked_at - before, MISSED)
        longest, before = max(longest, taken), looked_at
        time.sleep(LOOK)
    print(longest)


def _is_free(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    connection.execute("ROLLBACK")
    return True


if __name__ == "__main__":
    main(sys.argv[1])
