"""`fallow cleanup`"""

from collections.abc import Iterator
from typing import Any

import click

from host import _, db, listing, reading, show
from plugins.cleanup.removing import remove
from plugins.cleanup.standing import Standing


@click.command()
@click.argument("rule", required=False)
@click.option("--dry-run", is_flag=True, help="Say what would go, and remove nothing.")
@listing
def cleanup(rule: str | None, dry_run: bool) -> None:
    """Remove now what is old: by one rule, or by all that are switched on."""
    chosen = [Standing.named(rule)] if rule else Standing.all()
    show(_would_go(chosen) if dry_run else _gone(chosen, named=rule is not None), empty=_("No rule is switched on."))


def _would_go(chosen: list[Standing]) -> Iterator[dict[str, Any]]:
    db.session.commit()
    with reading():
        for each in chosen:
            yield {**_row(each), "would_go": each.would_go}


def _gone(chosen: list[Standing], *, named: bool) -> Iterator[dict[str, Any]]:
    """One that is switched off goes only where it is named."""
    for each in chosen:
        if each.on or named:
            row = _row(each)
            yield {**row, "removed": remove(each)}


def _row(standing: Standing) -> dict[str, Any]:
    return {"rule": standing.key, "days": standing.days, "on": standing.on, "title": standing.title}
