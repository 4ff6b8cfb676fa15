"""Names of records: TIDs, by which records sort in time.

Source: https://atproto.com/specs/tid. Thirteen signs of a base 32 that sorts as its numbers do, for 53 bits of
microseconds since 1970 and 10 bits that tell clocks apart.
"""

import hashlib
from datetime import UTC, datetime, timedelta

SIGNS = "234567abcdefghijklmnopqrstuvwxyz"
SIGNS_IN_ALL, BITS_A_SIGN, CLOCK_BITS = 13, 5, 10
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def record_key(seed: str, at: datetime) -> str:
    """Always the same for the same seed and moment, so that asking twice names one record. Others of the same moment
    lie up to a second later, and count as other clocks."""
    digest = hashlib.sha256(seed.encode()).digest()
    later, clock = int.from_bytes(digest[:8]) % 1_000_000, int.from_bytes(digest[8:16]) % (1 << CLOCK_BITS)
    return tid((at - EPOCH) // timedelta(microseconds=1) + later, clock)


def tid(microseconds: int, clock: int) -> str:
    number = microseconds << CLOCK_BITS | clock
    return "".join(SIGNS[number >> BITS_A_SIGN * place & 31] for place in reversed(range(SIGNS_IN_ALL)))
