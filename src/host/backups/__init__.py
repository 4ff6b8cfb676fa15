"""Backups: the whole of an installation in one file, verified after it was written, restored whole or not at all, on
either database. Why it is made so: docs/decisions/0019-backups.md."""

from host.backups.bringing import bring
from host.backups.making import back_up
from host.backups.manifest import Manifest
from host.backups.restoring import Restored, restore
from host.backups.shelf import Shelf
from host.backups.verifying import verify

__all__ = ["Manifest", "Restored", "Shelf", "back_up", "bring", "restore", "verify"]
