"""What an account has published on X of late, and whether a text is among it.

X writes each address as one of its own (t.co), so a text is compared by where its addresses lead.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any
from unicodedata import normalize

import httpx

from plugins.publishing.networks.reading import listed, part, words
from plugins.publishing.networks.x.asking import asked
from plugins.publishing.networks.x.urls import urls_in
from plugins.publishing.platform import Login

MOST = 100  # X tells of no more at once, and each costs
EPOCH = 1288834974657  # ms: where X's ids begin to count
FIELDS = "created_at,entities,note_tweet,referenced_tweets"


@dataclass(frozen=True)
class Seen:
    id: str
    text: str  # as `comparable` makes it
    at: datetime
    answers: str  # the id of the post that it replies to


def timeline(login: Login, client: httpx.Client, since: datetime | None) -> list[Seen]:
    """The newest first. Raises Hindered."""
    wanted = {"max_results": str(MOST), "exclude": "retweets", "tweet.fields": FIELDS}
    if since is not None:
        wanted["start_time"] = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = asked(client, "GET", f"/2/users/{login.remote_id}/tweets", login, params=wanted)
    return [_seen(each) for each in listed(said, "data") if words(each, "id").isdecimal()]


def comparable(text: str) -> str:
    """A text of ours, as X tells it back."""
    text = normalize("NFC", text)
    plain, end = "", 0
    for url in urls_in(text):
        plain += text[end : url.start] + _address(text[url.start : url.end])
        end = url.end
    return " ".join((plain + text[end:]).split())


def moment(post_id: str) -> datetime:
    """When an id was made; it carries its own time."""
    return datetime.fromtimestamp(((int(post_id) >> 22) + EPOCH) / 1000, UTC)


def _seen(post: Mapping[str, Any]) -> Seen:
    whole = part(post, "note_tweet") or post  # a long one's text is cut off elsewhere
    text = words(whole, "text")
    for short, long in _addresses(post, whole):
        text = text.replace(short, long)
    answered = [words(each, "id") for each in listed(post, "referenced_tweets") if words(each, "type") == "replied_to"]
    shown = " ".join(normalize("NFC", unescape(text)).split())
    return Seen(words(post, "id"), shown, moment(words(post, "id")), answered[0] if answered else "")


def _addresses(*told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """X's short address, and what stands for it in ours. A picture's is no part of the text."""
    for each in (url for of in told for url in listed(of, "entities", "urls")):
        if words(each, "url"):
            yield words(each, "url"), "" if part(each, "media_key") else _address(words(each, "expanded_url"))


def _address(url: str) -> str:
    """X adds a scheme where there was none, and now and then a slash."""
    return url.lower().removeprefix("https://").removeprefix("http://").rstrip("/")
