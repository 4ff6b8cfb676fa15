"""How the database answers a question about notifications."""

from collections.abc import Callable

from sqlalchemy import event

from host import db


def plan_of(ask: Callable[[], object]) -> str:
    """How SQLite answers the first question about notifications that this asks."""
    asked: list[tuple[str, object]] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def keep(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if "notifications_notification" in statement:
            asked.append((statement, parameters))

    ask()
    event.remove(db.engine, "before_cursor_execute", keep)
    statement, parameters = asked[0]
    rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
    return "\n".join(row[-1] for row in rows)
