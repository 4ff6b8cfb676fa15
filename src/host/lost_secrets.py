"""Which stored secrets no key of ours opens any more, for `fallow doctor`."""

from collections.abc import Collection, Iterator

from sqlalchemy import Column, inspect, select

from host.db import db
from host.sealing import LostSecret, Sealed


def count_lost() -> int:
    """How many there are. It opens every secret: they are few, and nothing else shows whether the key fits."""
    return sum(
        isinstance(secret, LostSecret)
        for column in sealed_columns(set(inspect(db.session.connection()).get_table_names()))
        for secret in db.session.scalars(select(column).where(column.is_not(None)))
    )


def sealed_columns(there: Collection[str]) -> Iterator[Column[str]]:
    """Of the tables that are there: those of a plugin that was never switched on are not."""
    for table in db.metadata.sorted_tables:
        if table.name in there:
            yield from (column for column in table.columns if isinstance(column.type, Sealed))
