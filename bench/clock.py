"""Taking the time."""

from collections.abc import Callable
from time import perf_counter


def seconds(work: Callable[[], object]) -> float:
    """How long this takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
