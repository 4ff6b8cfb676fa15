"""Taking over a Trello board from its JSON export, of any age, whole or partial."""

from host.transfer.trello.importer import Dates, import_trello
from host.transfer.trello.report import Report

__all__ = ["Dates", "Report", "import_trello"]
