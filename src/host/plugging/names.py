"""The names that plugins may have: each is part of commands, addresses, tables, templates and jobs."""

import re

from host.errors import Fault
from host.i18n import _

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST = 30

# Taken by the host: its commands, the first part of its addresses, its blueprints, its tables and its templates.
RESERVED = frozenset({
    "access", "account", "accounts", "activity", "alembic", "allcards", "api", "archive", "assignment", "assignments",
    "attachment", "attachments", "backup", "board", "boardarchivals", "boardcopies", "boarddeletions", "boardnumbers",
    "boardpeople", "boards", "boardsettings", "boardtemplates", "boardwatches", "bulk", "card", "cardpositions",
    "cards", "closure", "closures", "column", "columnpositions", "columns", "comment", "comments", "components",
    "cover", "db", "demo", "desktop", "doctor", "drafts", "errors", "event", "events", "export", "fallow", "file",
    "files", "filters", "fold", "folds", "goldness", "goldnesses", "health", "healthz", "home", "host", "huey",
    "import", "init", "invitation", "invitations", "job", "jobs", "join", "joins", "keepings", "keyboards", "launch",
    "live", "mail", "openapi", "palette", "panels", "people", "pin", "pins", "plugin", "plugins", "postponement",
    "postponements", "previews", "profile", "public", "publication", "publications", "publicboards", "reaction",
    "reactions", "removal", "request", "requests", "restore", "saved", "search", "serve", "session", "sessions",
    "settings", "sign", "standings", "static", "step", "steps", "tag", "tagging", "taggings", "tags", "task", "tasks",
    "test", "tests", "theme", "themes", "token", "tokens", "triages", "user", "users", "views", "watch", "watches",
    "welcome", "worker",
})  # fmt: skip


def require_name(name: str) -> None:
    """Raises Fault for a name that no plugin may have."""
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        raise Fault(_("A plugin's name has small letters, digits and single underscores, %(n)s at most.", n=LONGEST))
    if name in RESERVED:
        raise Fault(_("The name “%(name)s” is taken by Fallow itself.", name=name))


def carries(given: str, name: str, *, joint: str) -> bool:
    """Whether something of a plugin's is named after it: `entropy`, or `entropy` + joint + more."""
    return given == name or given.startswith(name + joint)
