"""What the garbage collector need not look at."""

import gc


def settle() -> None:
    """Whatever has been made by now stays until the process ends: collections leave it out. One that goes through all
    of it stops every thread for 150 ms, among them the one that has SQLite's write lock."""
    gc.collect()
    gc.freeze()
