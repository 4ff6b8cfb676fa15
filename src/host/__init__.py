"""Fallow's host, as plugins see it: everything that a plugin may import, and nothing else."""

from host.clock import now
from host.db import Id, Model, Moment, db, insert_ignoring, words
from host.errors import Fault, Forbidden, Invalid, NotFound, Refused
from host.events import (
    BOARD_CREATED,
    CARD_ASSIGNED,
    CARD_AUTO_POSTPONED,
    CARD_BOARD_CHANGED,
    CARD_CLOSED,
    CARD_DELETED,
    CARD_DESCRIPTION_CHANGED,
    CARD_KEPT,
    CARD_POSTPONED,
    CARD_PUBLISHED,
    CARD_REOPENED,
    CARD_SENT_BACK_TO_TRIAGE,
    CARD_TITLE_CHANGED,
    CARD_TRIAGED,
    CARD_UNASSIGNED,
    COLUMN_DELETED,
    COMMENT_CREATED,
    EventKind,
    RecordedEvent,
    kind,
    record,
    record_rows,
)
from host.i18n import _, ngettext
from host.jobs import Job, Periodic, Subscription, Task, cancel, cron, every, schedule, task
from host.models import (
    Access,
    Account,
    Assignment,
    Board,
    Card,
    Closure,
    Column,
    Comment,
    Event,
    Goldness,
    Place,
    Postponement,
    Role,
    Step,
    Tag,
    Tagging,
    User,
    Watch,
)
from host.models.card import AWAKE, postpone_where
from host.permissions import may_administer, may_run, require, visible
from host.plugging import hookimpl, hookspec
from host.plugging.plugin import (
    Badge,
    Banner,
    CardPanel,
    NavItem,
    Permission,
    Plugin,
    Refusal,
    RetentionRule,
    Schema,
    SearchFilter,
    SettingsPanel,
)
