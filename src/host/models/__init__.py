"""The host's nouns, one a file."""

from host.models.access import Access
from host.models.account import Account
from host.models.board import Board
from host.models.card import Assignment, Card, Closure, Goldness, Place, Postponement, Tagging, Watch
from host.models.column import Column
from host.models.comment import Comment
from host.models.event import Event
from host.models.fold import Fold
from host.models.launch_token import LaunchToken
from host.models.session import UserSession
from host.models.step import Step
from host.models.tag import Tag
from host.models.token import ApiToken
from host.models.user import Role, User

__all__ = [
    "Access",
    "Account",
    "ApiToken",
    "Assignment",
    "Board",
    "Card",
    "Closure",
    "Column",
    "Comment",
    "Event",
    "Fold",
    "Goldness",
    "LaunchToken",
    "Place",
    "Postponement",
    "Role",
    "Step",
    "Tag",
    "Tagging",
    "User",
    "UserSession",
    "Watch",
]
