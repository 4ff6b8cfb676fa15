"""The networks of the tests as servers to try things out with: `fallow demo --networks`, from the source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event

from tests.peers.bluesky import BlueskyPeer
from tests.peers.linkedin import LinkedInPeer
from tests.peers.mastodon import MastodonPeer
from tests.peers.peer import Peer
from tests.peers.telegram import TOKEN, TelegramPeer
from tests.peers.x import XPeer

LOOK = 0.3  # seconds between two looks at what was published


@dataclass(frozen=True)
class StandIn:
    """`entered(peer)` is what a person enters to connect; `named`: its address is a setting, and not entered."""

    title: str
    peer: type[Peer]
    entered: Callable[..., str]
    named: str = ""


STAND_INS = (
    StandIn("X", XPeer, lambda _peer: "client id native-app, no secret", "x"),
    StandIn("LinkedIn", LinkedInPeer, lambda peer: "client id {}, secret {}".format(*peer.app), "linkedin"),
    StandIn("Mastodon", MastodonPeer, lambda peer: f"server {peer.url}"),
    StandIn(
        "Bluesky",
        BlueskyPeer,
        lambda peer: f"handle {peer.ada.handle}, app password {peer.ada.app_password}, server {peer.url}",
    ),
    StandIn("Telegram", TelegramPeer, lambda peer: f"token {TOKEN}, channel @{peer.channel.name}", "telegram"),
)


def run(say: Callable[[str], object], over: Event) -> None:
    """Serve until it is over; say how to use them, and what is published there."""
    peers = {stand_in: stand_in.peer() for stand_in in STAND_INS}
    try:
        for line in _told(peers):
            say(line)
        seen = dict.fromkeys(peers, 0)
        while not over.wait(LOOK):
            for stand_in, peer in peers.items():
                for post in peer.posts[seen[stand_in] :]:
                    say(f"{stand_in.title}: {post.text}")
                seen[stand_in] = len(peer.posts)
    finally:
        for peer in peers.values():
            peer.stop()


def _told(peers: Mapping[StandIn, Peer]) -> list[str]:
    named = [(stand_in.named, peer.url) for stand_in, peer in peers.items() if stand_in.named]
    addresses = ",".join(f"publishing.{name}.{part}={url}" for name, url in named for part in ("api", "site"))
    width = max(len(stand_in.title) for stand_in in peers)
    return [
        "Stand-ins for the networks are ready, until Ctrl+C. Start Fallow beside them:",
        "",
        f"FALLOW_ALLOW_NETWORKS=127.0.0.0/8 FALLOW_ADDRESSES={addresses} fallow",
        "",
        "Then connect under Posts, Connections:",
        "",
        *(f"{stand_in.title:<{width}}  {stand_in.entered(peer)}" for stand_in, peer in peers.items()),
        "",
        "What is published there:",
    ]
