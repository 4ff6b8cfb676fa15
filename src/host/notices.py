"""How plugins speak to people: an event in the log, which the notifications plugin hands on.

Without that plugin it stays in the log, and nothing breaks. It is a word to those it names and to nobody else, so
neither a card's story nor the API's lists of events show it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from host.eventlog import record
from host.events import NOTICE
from host.models.typed import line
from host.plugging.gather import plugins

if TYPE_CHECKING:
    from host.models import Account, Card, Event, User

LONGEST_TEXT = 500
LONGEST_URL = 2000


@dataclass(frozen=True)
class NoticeKind:
    """A reason for which a plugin speaks to people, such as `publishing.failed`; the title is for their settings. What
    is `quiet` reaches nobody outside of Fallow who has not asked for it there."""

    name: str
    title: str
    quiet: bool = False


NOTICE_KINDS: dict[str, NoticeKind] = {}


def notice_kind(name: str, *, title: str, quiet: bool = False) -> NoticeKind:
    """Declare a kind of notice, once, where the plugin is imported. Its name carries the plugin's and a dot."""
    if "." not in name:
        raise ValueError(f"notice kind {name} does not carry a plugin's name")
    wanted = NoticeKind(name, title, quiet)
    declared = NOTICE_KINDS.setdefault(name, wanted)
    if declared != wanted:
        raise ValueError(f"notice kind {name} is declared twice, differently")
    return declared


def notice_kinds() -> Sequence[NoticeKind]:
    """Those of the plugins that are on, by name."""
    on = {plugin.name for plugin in plugins().on}
    return [declared for name, declared in sorted(NOTICE_KINDS.items()) if name.partition(".")[0] in on]


def notify(
    people: "Iterable[User]", kind: NoticeKind, text: str, url: str, card: "Card | None" = None
) -> "Event | None":
    """Tell these people something, once the running transaction is committed; None when there is nobody to tell.

    The text is plain and on one line; what is beyond 500 characters is cut. `url` is where it leads: a path of ours, or
    an address with http or https. Of a notice about a card hears only who may see the card.
    Raises ValueError for people of several spaces, a card of another space, an empty text and any other url.
    """
    told = sorted({person.id: person for person in people}.values(), key=lambda person: person.id)
    if not told:
        return None
    account = _space_of(told, card)
    return record(
        NOTICE,
        card or account,
        by=account.system,
        automatic=True,
        about=kind.name,
        people=[person.id for person in told],
        text=_fitting(text),
        url=_checked(url),
    )


def _space_of(people: "Sequence[User]", card: "Card | None") -> "Account":
    spaces = {person.account_id for person in people} | ({card.account_id} if card else set())
    if len(spaces) > 1:
        raise ValueError("a notice stays in one space")
    return people[0].account


def _fitting(text: str) -> str:
    kept = line(text)
    if not kept:
        raise ValueError("a notice says something")
    return kept if len(kept) <= LONGEST_TEXT else f"{kept[: LONGEST_TEXT - 1]}…"


def _checked(url: str) -> str:
    parts = urlsplit(url)
    # Browsers take ///host and /\host for //host.
    ours = url.startswith("/") and not url.startswith("//") and "\\" not in url
    theirs = parts.scheme in ("http", "https") and bool(parts.hostname)
    if not (ours or theirs) or "".join(line(url).split()) != url or len(url) > LONGEST_URL:
        raise ValueError(f"no address that a notice may lead to: {url[:80]!r}")
    return url
