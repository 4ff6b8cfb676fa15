"""The lock files of workers on this machine. The system frees a lock when its process ends, however it ends, so
whoever can take it knows that the worker is gone."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

FOLDER = "workers"


def lock_of(data: Path, worker: str) -> FileLock:
    """Not yet taken. It counts for the whole process, whichever thread takes it."""
    return FileLock(_path(data, worker), thread_local=False)


def remove(data: Path, worker: str) -> None:
    """Windows keeps a file that somebody is looking at; the next one to heal removes it."""
    with suppress(OSError):
        _path(data, worker).unlink()


@contextmanager
def found_gone(data: Path, worker: str) -> Iterator[bool | None]:
    """Whether this worker's process has ended; None for one that was never on this machine, or has left in order.

    While it says True nobody else is told so, and the file is removed afterwards.
    """
    if not _path(data, worker).exists():
        yield None
        return
    lock = lock_of(data, worker)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
        remove(data, worker)


def living(data: Path) -> list[datetime]:
    """When each worker on this machine that still lives began, the oldest first. Leaves what dead ones left to heal."""
    return [began for name, began in workers(data).items() if _is_held(lock_of(data, name))]


def workers(data: Path) -> dict[str, datetime]:
    """Every worker with a lock file here, alive or not, and when it began; oldest first."""
    began = {}
    for path in (data / FOLDER).glob("*.lock"):
        with suppress(FileNotFoundError):  # somebody has just removed it
            began[path.stem] = path.stat().st_mtime
    return {name: datetime.fromtimestamp(at, UTC) for name, at in sorted(began.items(), key=lambda item: item[1])}


def _is_held(lock: FileLock) -> bool:
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    lock.release()
    return False


def _path(data: Path, worker: str) -> Path:
    return data / FOLDER / f"{worker}.lock"
