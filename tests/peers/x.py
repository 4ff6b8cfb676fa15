"""X as a server of a test, by its API of version 2.

It takes no text twice, gives each refresh token for one use, knows its keys and refuses others, and writes web
addresses as its own.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any
from unicodedata import normalize
from urllib.parse import urlencode

from plugins.publishing.networks.x.counting import weight
from plugins.publishing.networks.x.urls import urls_in
from tests.peers.peer import PUBLISH, Peer
from tests.peers.posts import PeerMedia, PeerPost, PeerToken
from tests.peers.reply import Reply, says
from tests.received import Received

EPOCH = 1288834974657
TOKEN_LASTS, CODE_LASTS = timedelta(hours=2), timedelta(seconds=30)
KEYS = {"text", "media", "reply", "reply_settings", "poll", "community_id", "made_with_ai", "paid_partnership"}
KEYS_OF = {"media": {"media_ids"}, "reply": {"in_reply_to_tweet_id"}}
MAY_REPLY = {"following", "mentionedUsers", "subscribers", "verified"}
SCOPES = {"tweet.read", "tweet.write", "users.read", "media.write", "offline.access"}
CASHTAG = re.compile(r"(?:^|\s)\$[A-Za-z]{1,6}\b")


@dataclass
class Account:
    id: str
    username: str
    subscription: str = "None"

    @property
    def longest(self) -> int:
        return 280 if self.subscription == "None" else 25_000


class Problem(Exception):  # noqa: N818
    def __init__(self, reply: Reply) -> None:
        self.reply = reply


class XPeer(Peer):
    """`apps` are client ids with their secrets; an empty one is an app without. `credits` are posts that are paid for.
    `self_replies`: whether an app may reply to the posts of its own account. `gif_takes` is how long a GIF is worked
    on."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.ada = Account("2244994945", "ada")
        self.apps = {"app-with-secret": "hush", "native-app": ""}
        self.credits = 1000
        self.self_replies = True
        self.gif_takes = timedelta()
        self.codes: dict[str, dict[str, str]] = {}
        self.spent: set[str] = set()  # refresh tokens
        self._counted = 0

    def kind(self, request: Received) -> str:
        if request.method == "POST" and request.route == "/2/tweets":
            return PUBLISH
        if request.route == "/2/oauth2/token":
            return "token"
        if request.route.endswith("/tweets"):
            return "look"
        return "media" if request.route.startswith("/2/media") else "other"

    def answer(self, request: Received) -> Reply:
        try:
            return self._route(request)(request)
        except Problem as problem:
            return problem.reply

    def grant(self) -> PeerToken:
        """A fresh pair for Ada's account."""
        at = self.now()
        token = PeerToken(secrets.token_urlsafe(24), self.ada.id, at, at + TOKEN_LASTS, secrets.token_urlsafe(24))
        self.tokens[token.access] = token
        return token

    def publish(self, text: str, *, at: datetime | None = None) -> PeerPost:
        """As somebody does by hand; `at` is when."""
        post = PeerPost(self._id(at or self.now()), text, at or self.now(), self.ada.id)
        self.posts.append(post)
        return post

    def says_401_once(self, request: Received) -> Reply:
        return UNAUTHORIZED

    def says_402(self, request: Received) -> Reply:
        return CREDITS

    def says_403(self, request: Received, detail: str, kind: str = "about:blank", title: str = "Forbidden") -> Reply:
        return forbidden(detail, kind, title)

    def says_403_dup(self, request: Received) -> Reply:
        return DUPLICATE

    def says_429(self, request: Received, **resets: datetime) -> Reply:
        """`window=…, day=…`: when the windows that are used up end."""
        names = {"window": "x_rate_limit", "day": "x_user_limit_24hour"}
        headers = {"x_rate_limit_remaining": "7", "x_rate_limit_reset": str(int(self.now().timestamp()) + 60)}
        for window, at in resets.items():
            headers |= {f"{names[window]}_remaining": "0", f"{names[window]}_reset": str(int(at.timestamp()))}
        return says(429, {"title": "Too Many Requests", "detail": "Too Many Requests", "status": 429}, **headers)

    def _route(self, request: Received) -> Callable[[Received], Reply]:
        path = request.route
        routes: list[tuple[str, str, Callable[[Received], Reply]]] = [
            ("GET", r"/i/oauth2/authorize", self._authorize),
            ("POST", r"/2/oauth2/token", self._token),
            ("GET", r"/2/users/me", self._me),
            ("POST", r"/2/tweets", self._create),
            ("GET", r"/2/users/\d+/tweets", self._timeline),
            ("POST", r"/2/media/upload", self._upload),
            ("POST", r"/2/media/upload/initialize", self._initialize),
            ("POST", r"/2/media/upload/\d+/append", self._append),
            ("POST", r"/2/media/upload/\d+/finalize", self._finalize),
            ("GET", r"/2/media/upload", self._status),
            ("POST", r"/2/media/metadata", self._metadata),
        ]
        for method, pattern, route in routes:
            if request.method == method and re.fullmatch(pattern, path):
                return route
        raise Problem(says(404, {"title": "Not Found Error", "detail": "no such page", "status": 404}))

    def _authorize(self, request: Received) -> Reply:
        """The person agrees at once."""
        asked = request.query
        if asked["client_id"] not in self.apps or asked["code_challenge_method"] != "S256" or len(asked["state"]) > 500:
            raise Problem(invalid("Something went wrong"))
        if asked["response_type"] != "code" or not set(asked["scope"].split()) <= SCOPES:
            raise Problem(invalid("Something went wrong"))
        code = secrets.token_urlsafe(24)
        self.codes[code] = {**asked, "until": (self.now() + CODE_LASTS).isoformat()}
        back = urlencode({"state": asked["state"], "code": code})
        return Reply(302, b"", {"location": f"{asked['redirect_uri']}?{back}"})

    def _token(self, request: Received) -> Reply:
        form = request.form
        client_id = self._client(request, form)
        if form["grant_type"] == "authorization_code":
            self._redeem(form, client_id)
        elif form["refresh_token"] in self.spent or not self._spend(form["refresh_token"]):
            raise Problem(oauth_error("Value passed for the token was invalid."))
        token = self.grant()
        said = {
            "token_type": "bearer",
            "expires_in": int(TOKEN_LASTS.total_seconds()),
            "access_token": token.access,
            "scope": " ".join(sorted(SCOPES)),
            "refresh_token": token.refresh,
        }
        return says(200, said)

    def _client(self, request: Received, form: Mapping[str, str]) -> str:
        """A confidential app shows its secret, a native one names itself."""
        scheme, _space, basic = request.headers.get("authorization", "").partition(" ")
        if scheme == "Basic":
            client_id, _colon, secret = base64.b64decode(basic).decode().partition(":")
        else:
            client_id, secret = form.get("client_id", ""), ""
        if client_id not in self.apps or self.apps[client_id] != secret:
            missing = {"error": "unauthorized_client", "error_description": "Missing valid authorization header"}
            raise Problem(says(401, missing))
        return client_id

    def _redeem(self, form: Mapping[str, str], client_id: str) -> None:
        code = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        fits = code and (code["code_challenge"], code["redirect_uri"], code["client_id"]) == (
            challenge,
            form["redirect_uri"],
            client_id,
        )
        if not code or not fits or self.now() > datetime.fromisoformat(code["until"]):
            raise Problem(oauth_error("Value passed for the authorization code was invalid."))

    def _spend(self, refresh: str) -> bool:
        known = [token for token in self.tokens.values() if token.refresh == refresh]
        self.spent.add(refresh)
        for token in known:
            token.revoked = True
        return bool(known)

    def _person(self, request: Received) -> Account:
        token = self.tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if token is None or token.revoked or (token.expires_at and self.now() >= token.expires_at):
            raise Problem(UNAUTHORIZED)
        return self.ada

    def _me(self, request: Received) -> Reply:
        person = self._person(request)
        said = {"id": person.id, "name": person.username.title(), "username": person.username}
        if "subscription_type" in request.query.get("user.fields", ""):
            said["subscription_type"] = person.subscription
        return says(200, {"data": said})

    def _create(self, request: Received) -> Reply:
        person = self._person(request)
        if self.credits <= 0:
            raise Problem(CREDITS)
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            raise Problem(invalid("One or more parameters to your request was invalid."))
        post = self._checked(request.json, person)
        self.posts.append(post)
        self.credits -= 1
        return says(201, {"data": {"id": post.id, "text": post.text, "edit_history_tweet_ids": [post.id]}})

    def _checked(self, said: Any, person: Account) -> PeerPost:
        unknown = set(said) - KEYS | {key for name, keys in KEYS_OF.items() for key in set(said.get(name, {})) - keys}
        if unknown:
            raise Problem(invalid(f"$.{unknown.pop()}: is not defined in the schema"))
        text = said.get("text", "")
        media = said.get("media", {}).get("media_ids", [])
        reply = said.get("reply", {}).get("in_reply_to_tweet_id", "")
        if (not text and not media) or said.get("reply_settings", "following") not in MAY_REPLY:
            raise Problem(invalid("One or more parameters to your request was invalid."))
        if weight(text) > person.longest:
            raise Problem(forbidden("You are not permitted to perform this action."))
        if len(CASHTAG.findall(text)) > 1:
            raise Problem(forbidden("A post may contain one cashtag."))
        if text and any(not each.gone and normalize("NFC", each.text) == normalize("NFC", text) for each in self.posts):
            raise Problem(DUPLICATE)
        self._check_media(media)
        self._check_reply(reply)
        return PeerPost(self._id(self.now()), text, self.now(), person.id, media=tuple(media), reply=reply)

    def _check_media(self, names: list[str]) -> None:
        gifs = [name for name in names if name in self.media and self.media[name].type == "image/gif"]
        usable = all(name in self.media and self._is_ready(self.media[name]) for name in names)
        if len(names) > 4 or not usable or (gifs and len(names) > 1):
            raise Problem(invalid("Your media IDs are invalid."))

    def _check_reply(self, parent: str) -> None:
        if not parent:
            return
        if not any(each.id == parent and not each.gone for each in self.posts):
            raise Problem(forbidden("You attempted to reply to a Tweet that is deleted or not visible to you."))
        if not self.self_replies:
            raise Problem(forbidden("Replies are only permitted when you are mentioned in the conversation."))

    def _timeline(self, request: Received) -> Reply:
        self._person(request)
        since = request.query.get("start_time")
        earliest = datetime.fromisoformat(since) if since else datetime.min.replace(tzinfo=UTC)
        found = [each for each in reversed(self.posts) if not each.gone and each.at >= earliest]
        if not 5 <= int(request.query["max_results"]) <= 100:
            raise Problem(invalid("max_results is not between 5 and 100"))
        return says(200, {"data": [told(each) for each in found[: int(request.query["max_results"])]]})

    def _upload(self, request: Received) -> Reply:
        self._person(request)
        parts = request.parts
        media = parts["media"]
        if parts["media_category"].data != b"tweet_image" or len(media.data) > 5_242_880 or media.type == "image/gif":
            raise Problem(invalid("The media you tried to upload was invalid."))
        return says(200, {"data": {"id": self._keep(media.data, media.type).id, "expires_after_secs": 86400}})

    def _initialize(self, request: Received) -> Reply:
        self._person(request)
        said = request.json
        if said["media_category"] != "tweet_gif" or said["total_bytes"] > 15_728_640:
            raise Problem(invalid("The media you tried to upload was invalid."))
        kept = self._keep(b"", said["media_type"])
        kept.more = {"bytes": said["total_bytes"], "pieces": 0, "whole": False}
        return says(200, {"data": {"id": kept.id, "media_key": f"16_{kept.id}", "expires_after_secs": 86400}})

    def _append(self, request: Received) -> Reply:
        self._person(request)
        kept = self.media[request.route.split("/")[4]]
        parts = request.parts
        if int(parts["segment_index"].data) != kept.more["pieces"]:
            raise Problem(invalid("Segments do not add up to provided total file size."))
        kept.data += parts["media"].data
        kept.more["pieces"] += 1
        return says(200, {"data": {"expires_at": int(self.now().timestamp()) + 86400}})

    def _finalize(self, request: Received) -> Reply:
        self._person(request)
        kept = self.media[request.route.split("/")[4]]
        if len(kept.data) != kept.more["bytes"]:
            raise Problem(invalid("Segments do not add up to provided total file size."))
        kept.more["whole"], kept.ready_at = True, self.now() + self.gif_takes
        return says(200, {"data": {"id": kept.id, "processing_info": self._processing(kept)}})

    def _status(self, request: Received) -> Reply:
        self._person(request)
        kept = self.media.get(request.query["media_id"])
        if kept is None or request.query["command"] != "STATUS":
            raise Problem(invalid("no such media"))
        return says(200, {"data": {"id": kept.id, "processing_info": self._processing(kept)}})

    def _metadata(self, request: Received) -> Reply:
        self._person(request)
        alt = request.json["metadata"]["alt_text"]["text"]
        if len(alt) > 1000:
            raise Problem(invalid("alt text is too long"))
        self.media[request.json["id"]].alt = alt
        return says(200, {"data": {"id": request.json["id"]}})

    def _keep(self, data: bytes, kind: str) -> PeerMedia:
        kept = PeerMedia(self._id(self.now()), self.ada.id, data, kind, more={"whole": True})
        self.media[kept.id] = kept
        return kept

    def _is_ready(self, kept: PeerMedia) -> bool:
        return bool(kept.more["whole"]) and (kept.ready_at is None or self.now() >= kept.ready_at)

    def _processing(self, kept: PeerMedia) -> dict[str, Any]:
        return {"state": "succeeded"} if self._is_ready(kept) else {"state": "in_progress", "check_after_secs": 7}

    def _id(self, at: datetime) -> str:
        """It carries its own time."""
        self._counted += 1
        return str((int(at.timestamp() * 1000) - EPOCH) << 22 | self._counted)


def told(post: PeerPost) -> dict[str, Any]:
    """With X's own addresses in place of those that were written, and HTML's signs for & and the like."""
    text, entities = normalize("NFC", post.text), []
    for number, url in enumerate(reversed(urls_in(text))):
        written = text[url.start : url.end]
        short = f"https://t.co/{post.id[-6:]}{number}"
        text = text[: url.start] + short + text[url.end :]
        entities.append({"url": short, "expanded_url": written if "://" in written else f"http://{written}"})
    for name in post.media[:1]:
        text += f" https://t.co/p{post.id[-6:]}"
        picture = f"https://x.com/ada/status/{post.id}/photo/1"
        entities.append({"url": f"https://t.co/p{post.id[-6:]}", "expanded_url": picture, "media_key": f"3_{name}"})
    said = {"id": post.id, "text": escape(text.strip(), quote=False), "entities": {"urls": entities}}
    if weight(post.text) > 280:
        said |= {"text": f"{said['text'][:270]}…", "note_tweet": {"text": text, "entities": {"urls": entities}}}
    if post.reply:
        said["referenced_tweets"] = [{"type": "replied_to", "id": post.reply}]
    return said


def invalid(detail: str) -> Reply:
    kind = "https://api.x.com/2/problems/invalid-request"
    return says(400, {"type": kind, "title": "Invalid Request", "detail": detail})


def forbidden(detail: str, kind: str = "about:blank", title: str = "Forbidden") -> Reply:
    return says(403, {"detail": detail, "type": kind, "title": title, "status": 403})


def oauth_error(description: str) -> Reply:
    return says(400, {"error": "invalid_request", "error_description": description})


UNAUTHORIZED = says(401, {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"})
CREDITS = says(
    402,
    {
        "title": "CreditsDepleted",
        "detail": "Your enrolled account does not have any credits to fulfill this request.",
        "type": "https://api.x.com/2/problems/credits",
    },
)
DUPLICATE = forbidden("You are not allowed to create a Tweet with duplicate content.")
