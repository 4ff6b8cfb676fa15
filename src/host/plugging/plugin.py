"""What a plugin says of itself, and the plain data that its hooks return."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from marshmallow import Schema as Form
from sqlalchemy import ColumnElement

from host.events import EventKind

if TYPE_CHECKING:
    from host.models import User

API = 1  # raised only when a plugin written for the older number could no longer run

Level = Literal["account", "board", "person"]
NavPlace = Literal["topbar", "sidebar", "board_menu", "card_menu", "account_menu"]


@dataclass(frozen=True)
class Plugin:
    """`PLUGIN` in a plugin's package. The name guards its tables, blueprints, templates, jobs and permissions."""

    name: str
    title: str
    summary: str = ""
    version: str = ""  # the distribution's when empty
    icon: str = "plug"
    hue: str = "moss"
    requires: Sequence[str] = ()
    jobs_at_once: int | None = None  # of its jobs, over all workers; None for as many as there are threads
    hookspecs: ModuleType | None = None  # hooks that it offers to others, which name it in their `requires`
    api: int = API


@dataclass(frozen=True)
class Schema:
    """The plugin's tables: all begin with `prefix`, and `migrations` holds their Alembic revisions."""

    prefix: str
    migrations: Path


@dataclass(frozen=True)
class SettingsPanel:
    """A page of settings that the host draws and guards; the plugin reads and saves the values.

    `read(target)` gives the form's values, `save(target, values, actor)` stores what the form loaded, where the
    target is the account, board or person of the panel's level. `template` draws the fields (it gets `panel`,
    `target`, `values`, `errors` and what `context(target)` adds). `allowed(actor, target)` guards it.
    """

    key: str
    level: Level
    title: str
    form: type[Form]
    read: "Callable[[Any], Mapping[str, Any]]"
    save: "Callable[[Any, Mapping[str, Any], User], None]"
    template: str
    allowed: "Callable[[User, Any], bool]"
    context: "Callable[[Any], Mapping[str, Any]]" = lambda _target: {}
    icon: str = "settings"
    summary: str = ""
    welcome: str = ""  # a template for the first-run page, which asks this too


@dataclass(frozen=True)
class SearchFilter:
    """A word people can filter by, such as `soon`: `clause(value, actor)` gives the condition on Card."""

    prefix: str
    title: str
    clause: "Callable[[str, User], ColumnElement[bool]]"


@dataclass(frozen=True)
class EventSentence:
    """How events of one of the plugin's own kinds are told in a card's story: `text(who, particulars)`, where `who` is
    a name and the particulars are what was recorded."""

    kind: EventKind
    text: "Callable[[str, Mapping[str, Any]], str]"
    icon: str = "edit"
    hue: str = "stone"


@dataclass(frozen=True)
class Banner:
    """A strip above the board."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    weight: int = 0
    plugin: str = field(default="", kw_only=True)  # the host fills it in


@dataclass(frozen=True)
class Badge:
    """A small sign on a card or in a column's head, drawn by `template` with `badge` in reach; on a card, at the `end`
    it sits right. One that is `lasting` shows nothing but its context, in which all is plain (texts, numbers): what was
    drawn of the same values is shown again, which is quicker by far."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    weight: int = 0
    end: bool = False
    lasting: bool = False
    plugin: str = field(default="", kw_only=True)  # the host fills it in


@dataclass(frozen=True)
class CardPanel:
    """A panel on the card page; in `place="foot"` it closes the card's sheet, else it stands at the side. Its template
    has `typed` and `errors` in reach, what was refused: `card_page(card, typed=…, errors=…)` answers with them."""

    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    weight: int = 0
    place: Literal["side", "foot"] = "side"
    plugin: str = field(default="", kw_only=True)  # the host fills it in


@dataclass(frozen=True)
class SummarySection:
    """What a plugin has to say in a person's weekly summary: a heading and lines of (text, path of ours)."""

    title: str
    lines: Sequence[tuple[str, str]]
    weight: int = 0
    plugin: str = field(default="", kw_only=True)  # the host fills it in


@dataclass(frozen=True)
class NavItem:
    """A link or button in one of the host's menus; `template` draws it where a link is not enough."""

    title: str
    url: str
    icon: str = ""
    weight: int = 0
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    plugin: str = field(default="", kw_only=True)  # the host fills it in
