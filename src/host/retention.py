"""The rules of what is kept for how long: the host's own, and those of the plugins that are on."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, literal, not_, select

from host.events import SPACE_EVENTS
from host.files.forgetting import UnusedContents
from host.i18n import _
from host.jobs.forgetting import OLD_JOBS, OLD_RUNS
from host.models import Attachment, Card, Event, Place, Tag, Tagging
from host.models.comment_forgetting import TakenBack
from host.models.invitation import Invitation
from host.models.launch_token import LaunchToken
from host.models.request_key import RequestKey
from host.models.session import UserSession
from host.models.sign_in_tries import SignInTries
from host.plugging.gather import plugins
from host.plugging.retention import OldRows, RetentionRule

UNUSED_TAGS = "host.unused_tags"


def retention_rules() -> dict[str, RetentionRule]:
    """Every rule by its key: ours first, then each plugin's, in order of their names."""
    plugins().refresh()
    declared = [rule for each in plugins().on for rule in each.declared.retention]
    return {rule.key: rule for rule in [*_own(), *declared]}


def _own() -> list[RetentionRule]:
    """Named `host.…`, as no plugin's can be."""
    # Index: ix_tagging_tag_id
    unused = OldRows(Tag, lambda _before: ~select(Tagging.id).where(Tagging.tag_id == Tag.id).exists())
    keys = OldRows(RequestKey, lambda before: RequestKey.created_at < before)  # ix_request_key_created_at
    return [
        RetentionRule(UNUSED_TAGS, _("Tags on no card"), unused),
        RetentionRule("host.jobs", _("Jobs that are done"), OLD_JOBS, days=7),
        RetentionRule("host.runs", _("Runs of periodic tasks"), OLD_RUNS, days=90),
        RetentionRule("host.sessions", _("Sign-ins, counted from their beginning"), _sessions(), days=365),
        RetentionRule("host.invitations", _("Invitations that have come to their end"), _invitations(), days=30),
        RetentionRule("host.launches", _("Keys of the program's start that nobody used"), _launches(), days=1),
        RetentionRule("host.request_keys", _("Names of repeated requests, with their answers"), keys, days=1),
        RetentionRule("host.sign_in_tries", _("Tries to sign in that went wrong"), _tries(), days=1),
        RetentionRule("host.removed_comments", _("Comments that were taken back"), TakenBack(), days=1),
        RetentionRule("host.drafts", _("Cards that were begun and left empty"), OldRows(Card, _left_empty), days=30),
        RetentionRule("host.audit", _("What was done to people, invitations and tags"), _audit(), days=730),
        RetentionRule("host.files", _("Contents of files that nothing refers to"), UnusedContents()),
    ]


def _sessions() -> OldRows:
    return OldRows(UserSession, lambda before: UserSession.created_at < before)


def _invitations() -> OldRows:
    return OldRows(Invitation, lambda before: Invitation.expires_at < before)  # ix_invitation_expires_at


def _launches() -> OldRows:
    return OldRows(LaunchToken, lambda before: LaunchToken.expires_at < before)


def _tries() -> OldRows:
    return OldRows(SignInTries, lambda before: SignInTries.last_at < before)  # ix_sign_in_tries_last_at


def _left_empty(before: datetime) -> ColumnElement[bool]:
    """Not a word on it, nobody and nothing chosen. Index: ix_card_draft, for which the place is written out."""
    draft = Card.place == literal(Place.DRAFT, Card.place.type, literal_execute=True)
    chosen = (Card.steps, Card.taggings, Card.assignments)
    bare = [not_(each.any()) for each in chosen]
    bare.append(~select(Attachment.id).where(Attachment.card_id == Card.id).exists())  # also those that are held aside
    return and_(draft, Card.created_at < before, Card.title == "", Card.description == "", *bare)


def _audit() -> OldRows:
    """Events of the space alone. Index: ix_event_board_id_at"""
    spaces = Event.board_id.is_(None) & Event.kind.in_(SPACE_EVENTS)
    return OldRows(Event, lambda before: spaces & (Event.at < before))
