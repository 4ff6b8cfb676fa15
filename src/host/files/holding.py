"""Who stores a content and who throws it away, one after the other."""

from sqlalchemy import func, select

from host.db import db

FILES = 7334  # the first half of our keys on PostgreSQL; the second tells contents apart
DIGITS = 7  # of the SHA-256: what a signed integer holds. Two contents that share them wait for each other, and no more


def hold(sha256: str) -> None:
    """Until the transaction ends, whoever else stores or forgets this content waits.

    Else one that is just being thrown away, because no row needs it any more, would be found to be there by somebody
    who brings it anew, and be gone when their row is written. On SQLite whoever writes is alone; the statement makes
    sure that this transaction has begun."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(FILES, int(sha256[:DIGITS], 16))))
    else:
        db.session.execute(select(1))
