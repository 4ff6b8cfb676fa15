"""The host's nouns, one a file."""

from host.models import view_tags
from host.models.access import Access
from host.models.account import Account
from host.models.attachment import Attachment, Cover
from host.models.board import Board, Publication
from host.models.bulk_action import BulkAction
from host.models.card import Assignment, Card, Closure, Goldness, Place, Postponement, Removal, Tagging, Watch
from host.models.column import Column
from host.models.comment import Comment
from host.models.event import Event
from host.models.fold import Fold
from host.models.invitation import Invitation
from host.models.launch_token import LaunchToken
from host.models.pin import Pin
from host.models.reaction import Reaction
from host.models.request_key import RequestKey
from host.models.saved_view import SavedView
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
    "Attachment",
    "Board",
    "BulkAction",
    "Card",
    "Closure",
    "Column",
    "Comment",
    "Cover",
    "Event",
    "Fold",
    "Goldness",
    "Invitation",
    "LaunchToken",
    "Pin",
    "Place",
    "Postponement",
    "Publication",
    "Reaction",
    "Removal",
    "RequestKey",
    "Role",
    "SavedView",
    "Step",
    "Tag",
    "Tagging",
    "User",
    "UserSession",
    "Watch",
    "view_tags",
]
