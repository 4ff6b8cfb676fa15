"""Changing rows with one statement, past the objects that the session may hold of them."""

from typing import Any

from sqlalchemy import Result
from sqlalchemy.sql.base import Executable

from host.db import db


def change(statement: Executable) -> Result[Any]:
    """Run an UPDATE or DELETE. What workers write is never read back through the same session, so nothing is synced."""
    result: Result[Any] = db.session.execute(statement, execution_options={"synchronize_session": False})
    return result
