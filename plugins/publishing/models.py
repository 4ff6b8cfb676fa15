"""All tables of publishing, in one place to import: relationships name each other's classes."""

from plugins.publishing.attempt import Attempt
from plugins.publishing.connection import Connection
from plugins.publishing.medium import Medium
from plugins.publishing.part import Part
from plugins.publishing.policy import Policy
from plugins.publishing.post import Post
from plugins.publishing.slot import Slot
from plugins.publishing.target import Target
from plugins.publishing.transfer.batch import Import, Imported
from plugins.publishing.variant import Variant
from plugins.publishing.version import Version
from plugins.publishing.visit import Visit

__all__ = [
    "Attempt",
    "Connection",
    "Import",
    "Imported",
    "Medium",
    "Part",
    "Policy",
    "Post",
    "Slot",
    "Target",
    "Variant",
    "Version",
    "Visit",
]
