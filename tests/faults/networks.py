"""The networks of the crash tests: the server that plays each, an account on it, and the faults of its own."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from host import User, db, now
from plugins.publishing.connection import Connection
from plugins.publishing.networks.feed.entry import FeedEntry
from plugins.publishing.platform import Tokens
from tests.peers.bluesky import BlueskyPeer
from tests.peers.linkedin import LinkedInPeer
from tests.peers.mastodon import MastodonPeer
from tests.peers.peer import Peer
from tests.peers.posts import PeerPost
from tests.peers.telegram import TelegramPeer
from tests.peers.x import XPeer

# What may go wrong anywhere, besides what takes a whole time limit.
FAULTS = (
    "ok",
    "refuse_connection",
    "close_before_commit",
    "commit_then_close",
    "commit_then_500",
    "500_no_commit",
    "502_html_body",
    "commit_then_502",
    "partial_json",
)
SLOW_FAULTS = ("commit_then_hang", "slow_headers")


@dataclass(frozen=True)
class Network:
    """`connect(peer, person)` makes the connection that a person would have made."""

    peer: type[Peer]
    connect: Callable[[Any, User], Connection]
    own_faults: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    texts: tuple[str, ...] = ("The kettle is on.",)


def _connection(platform: str, person: User, remote_id: str, handle: str, tokens: Tokens, **more: Any) -> Connection:
    made = Connection(
        account=person.account, owner=person, platform=platform, remote_id=remote_id, handle=handle, **more
    )
    db.session.add(made)
    db.session.flush()
    made.renewed(tokens)
    return made


def _mastodon(peer: MastodonPeer, person: User) -> Connection:
    there = {"api": peer.url, "site": peer.url}
    tokens = Tokens(peer.grant())
    return _connection("mastodon", person, f"{peer.ada.id}@peer.example", "@ada@peer.example", tokens, addresses=there)


def _bluesky(peer: BlueskyPeer, person: User) -> Connection:
    access, refresh = peer.session()
    there = {"api": peer.url, "site": peer.url}
    tokens = Tokens(access, refresh, expires_at=now() + timedelta(hours=2))
    return _connection("bluesky", person, peer.ada.did, peer.ada.handle, tokens, addresses=there)


def _x(peer: XPeer, person: User) -> Connection:
    token = peer.grant()
    there = {"api": peer.url, "site": peer.url}
    tokens = Tokens(token.access, token.refresh, expires_at=token.expires_at)
    made = _connection("x", person, peer.ada.id, peer.ada.username, tokens, addresses=there)
    made.app = json.dumps({"client_id": "native-app", "client_secret": ""})
    return made


def _linkedin(peer: LinkedInPeer, person: User) -> Connection:
    token = peer.grant()
    there = {"api": peer.url, "site": peer.url}
    tokens = Tokens(token.access, expires_at=token.expires_at)
    return _connection("linkedin", person, peer.person, "Ada Fen", tokens, addresses=there)


def _telegram(peer: TelegramPeer, person: User) -> Connection:
    (token,) = peer.tokens
    there = {"api": peer.url, "site": peer.url}
    handle = f"@{peer.channel.name}"
    profile = {"channel": peer.channel.name}
    return _connection(
        "telegram", person, str(peer.channel.id), handle, Tokens(token), addresses=there, profile=profile
    )


class InHouse(Peer):
    """The space's own feed: its posts are rows of ours, and nothing can come between."""

    @property
    def posts(self) -> list[PeerPost]:
        db.session.rollback()
        found = db.session.scalars(db.select(FeedEntry).order_by(FeedEntry.id)).all()
        return [PeerPost(entry.key, entry.text, entry.published_at, str(entry.account_id)) for entry in found]

    @posts.setter
    def posts(self, _none: list[PeerPost]) -> None:
        """Nobody else keeps them."""


def _feed(_peer: InHouse, person: User) -> Connection:
    return Connection.feed_of(person.account)


def _answer(status: int, body: bytes, **headers: str) -> dict[str, Any]:
    return {"fault": "answer", "status": status, "body": body, **headers}


NETWORKS: Mapping[str, Network] = {
    "mastodon": Network(
        MastodonPeer,
        _mastodon,
        {
            "limit": _answer(
                429, b'{"error":"Too many requests"}', **{"x-ratelimit-reset": "2020-01-01T00:00:00.000Z"}
            ),
            "refused": _answer(422, b'{"error":"Validation failed: Text can\'t be blank"}'),
            "dead token": _answer(401, b'{"error":"The access token is invalid"}'),
        },
        ("The kettle is on.", "And the bread is in."),
    ),
    "x": Network(
        XPeer,
        _x,
        {name: {"fault": name} for name in ("401_once", "402", "403_dup", "429")},
        ("The kettle is on.", "And the bread is in."),
    ),
    "linkedin": Network(
        LinkedInPeer,
        _linkedin,
        {
            "403": {"fault": "403"},
            "426": {"fault": "426"},
            "429": {"fault": "429"},
            "revoked": {"fault": "401", "code": 65601, "name": "REVOKED_ACCESS_TOKEN"},
            "dup": {"fault": "422_dup", "urn": "urn:li:share:7141138937766391808"},
        },
    ),
    "telegram": Network(TelegramPeer, _telegram, {name: {"fault": name} for name in ("401_once", "403_once", "429")}),
    "feed": Network(InHouse, _feed),
    "bluesky": Network(
        BlueskyPeer,
        _bluesky,
        {"expired": {"fault": "401_once"}, "limit": {"fault": "429"}, "taken down": {"fault": "taken_down"}},
        ("The kettle is on. https://a.example #tea", "And the bread is in."),
    ),
}
