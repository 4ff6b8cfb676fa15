"""One page of a feed: the newest entries, or those that are older than one of them (RFC 5005, section 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5

from host import Account, NotFound, _, db
from plugins.publishing.networks.feed.addresses import Addresses
from plugins.publishing.networks.feed.entry import AT_ONCE, FeedEntry
from plugins.publishing.networks.feed.pictures import Shown, shown
from plugins.publishing.networks.feed.words import as_html, fit


@dataclass(frozen=True)
class Told:
    """An entry as readers get it."""

    entry: FeedEntry
    pictures: Sequence[Shown]
    addresses: Addresses

    @property
    def url(self) -> str:
        return self.addresses.entry(self.entry.key)

    @property
    def html(self) -> str:
        """The text, then the pictures."""
        return as_html(self.entry.text) + "".join(self._picture(each) for each in self.pictures)

    def picture_url(self, picture: Shown) -> str:
        return self.addresses.picture(self.entry.key, picture.number)

    def _picture(self, picture: Shown) -> str:
        size = f'width="{picture.file.width}" height="{picture.file.height}"'
        return f'<p><img src="{escape(self.picture_url(picture))}" alt="{escape(picture.alt)}" {size}></p>'


@dataclass(frozen=True)
class Page:
    """`before` is the entry that it follows, None on the newest page; `older` the one that the next page follows, if
    there is one."""

    title: str
    id: str
    addresses: Addresses
    changed_at: datetime
    entries: Sequence[Told]
    before: int | None
    older: int | None

    @classmethod
    def of(cls, account_id: int, before: int | None = None) -> "Page":
        """Raises NotFound for a space that there is not, and for one that has never published in its feed: what it is
        called is nobody's business then."""
        account, changed_at = db.session.get(Account, account_id), FeedEntry.changed_at(account_id)
        if account is None or changed_at is None:
            raise NotFound(_("There is no such feed."))
        found = FeedEntry.newest(account_id, before)
        addresses = Addresses.public(account_id)
        told = [Told(each, shown(each.pictures), addresses) for each in found[:AT_ONCE]]
        older = told[-1].entry.id if len(found) > AT_ONCE else None
        return cls(fit(account.name), _urn(account), addresses, changed_at, told, before, older)


def _urn(account: Account) -> str:
    """The feed's own name, which stays when its address changes. No other installation gives the same."""
    return uuid5(NAMESPACE_URL, f"fallow:feed:{account.id}:{account.created_at.isoformat()}").urn
