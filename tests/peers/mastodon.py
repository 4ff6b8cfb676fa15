"""A Mastodon instance, as 4.3 and newer answer; `modern=False` makes it an older one.

By docs.joinmastodon.org and the source of mastodon/mastodon; what it counts and refuses it finds out by itself.
"""

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from tests.peers.mastodon_status import length, shown
from tests.peers.peer import PUBLISH, Peer
from tests.peers.posts import PeerMedia, PeerPost, PeerToken
from tests.peers.reply import Reply, says
from tests.received import Received

KEY_LIVES = timedelta(seconds=3600)
RATE, WINDOW = 300, timedelta(minutes=5)
TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp")
VISIBILITIES = ("public", "unlisted", "private", "direct")
NOT_FOUND = says(404, {"error": "Record not found"})


@dataclass
class App:
    secret: str
    redirect: str
    scopes: set[str]


@dataclass
class Code:
    app: str
    account: str
    scopes: set[str]
    challenge: str


@dataclass
class MastodonAccount:
    id: str
    username: str
    limited: bool = False  # by a moderator: what is public becomes quiet
    swallowed: bool = False  # taken for spam: it is told yes, and nobody is shown anything
    suspended: bool = False


@dataclass
class Rules:
    """What this instance allows."""

    max_characters: int = 500
    per_url: int = 23
    max_media: int = 4
    image_bytes: int = 16_777_216
    work: timedelta = timedelta(0)  # on a picture


class Refusal(Exception):  # noqa: N818 -- it says what happened
    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


@dataclass
class Kept:
    """What the instance knows besides what every network does."""

    apps: dict[str, App] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    keys: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)
    asked_at: list[datetime] = field(default_factory=list)


class MastodonPeer(Peer):
    def __init__(self, *, modern: bool = True, domain: str = "", **more: Any) -> None:
        super().__init__(**more)
        self.modern, self.domain, self.rules, self.kept = modern, domain, Rules(), Kept()
        self.ada = MastodonAccount("109348684573125637", "ada")
        self.accounts = {self.ada.id: self.ada}
        self._last_id = 0

    def kind(self, request: Received) -> str:
        for method, pattern, name in ROUTES:
            if request.method == method and re.fullmatch(pattern, request.route):
                return name
        return "unknown"

    def answer(self, request: Received) -> Reply:
        handlers: Mapping[str, Callable[[Received], Reply]] = {
            PUBLISH: self._create,
            "server": self._server,
            "register": self._register,
            "authorize": self._authorize,
            "token": self._token,
            "me": self._me,
            "instance": self._instance,
            "status": self._status,
            "statuses": self._statuses,
            "upload": self._upload,
            "media": self._media,
        }
        try:
            return handlers.get(self.kind(request), lambda _request: NOT_FOUND)(request)
        except Refusal as refusal:
            return refusal.reply

    def grant(self, *scopes: str, account: str = "") -> str:
        """A token, without the walk to it."""
        access = secrets.token_urlsafe(32)
        scopes = scopes or ("profile", "read:statuses", "write:statuses", "write:media")
        self.tokens[access] = PeerToken(access, account or self.ada.id, self.now(), more={"scopes": set(scopes)})
        return access

    def says_401_once(self, request: Received) -> Reply:
        return says(401, {"error": "The access token is invalid"})

    def says_403_once(self, request: Received) -> Reply:
        return says(403, {"error": "Your login is currently disabled"})

    def says_429(self, request: Received, seconds: float = 300) -> Reply:
        return too_many(self.now() + timedelta(seconds=seconds))

    # Becoming known, and being let in

    def _server(self, request: Received) -> Reply:
        if not self.modern:
            return Reply(404, b"<html>The page you are looking for isn't here.</html>", {"content-type": "text/html"})
        scopes = ["read", "profile", "write", "read:accounts", "read:statuses", "write:statuses", "write:media"]
        return says(200, {"scopes_supported": scopes, "code_challenge_methods_supported": ["S256"]})

    def _register(self, request: Received) -> Reply:
        asked = request.form
        scopes = set(asked.get("scopes", "read").split())
        if not asked.get("client_name") or not asked.get("redirect_uris"):
            return unprocessable("Client name can't be blank")
        if not self.modern and "profile" in scopes:
            return unprocessable("Scopes doesn't match configured on the server.")
        name, secret = secrets.token_urlsafe(16), secrets.token_urlsafe(32)
        self.kept.apps[name] = App(secret, asked["redirect_uris"], scopes)
        return says(200, {"id": "1", "name": asked["client_name"], "client_id": name, "client_secret": secret})

    def _authorize(self, request: Received) -> Reply:
        """The person agrees at once."""
        asked = request.query
        app = self.kept.apps.get(asked.get("client_id", ""))
        scopes = set(asked.get("scope", "read").split())
        if app is None or asked.get("redirect_uri") != app.redirect or not scopes <= app.scopes:
            return says(400, {"error": "invalid_request"})
        if asked.get("response_type") != "code" or (self.modern and asked.get("code_challenge_method") != "S256"):
            return says(400, {"error": "invalid_request"})
        code = secrets.token_urlsafe(16)
        self.kept.codes[code] = Code(asked["client_id"], self.ada.id, scopes, asked.get("code_challenge", ""))
        back = urlencode({"code": code, "state": asked.get("state", "")})
        return Reply(302, b"", {"location": f"{app.redirect}?{back}"})

    def _token(self, request: Received) -> Reply:
        asked = request.form
        app = self.kept.apps.get(asked.get("client_id", ""))
        if app is None or asked.get("client_secret") != app.secret:
            return says(401, {"error": "invalid_client", "error_description": "Client authentication failed."})
        code = self.kept.codes.pop(asked.get("code", ""), None)  # it is good once
        known = code is not None and code.app == asked["client_id"] and asked.get("redirect_uri") == app.redirect
        if code is None or not known or not _proves(asked.get("code_verifier", ""), code.challenge):
            return says(400, {"error": "invalid_grant", "error_description": "The provided grant is invalid."})
        access = self.grant(*code.scopes, account=code.account)
        return says(200, {"access_token": access, "token_type": "Bearer", "scope": " ".join(code.scopes)})

    def _me(self, request: Received) -> Reply:
        account = self._account(request, "profile" if self.modern else "read:accounts")
        return says(200, {"id": account.id, "username": account.username, "display_name": "Ada Plum"})

    def _instance(self, request: Received) -> Reply:
        rules = self.rules
        statuses = {
            "max_characters": rules.max_characters,
            "max_media_attachments": rules.max_media,
            "characters_reserved_per_url": rules.per_url,
        }
        media = {"supported_mime_types": TYPES, "image_size_limit": rules.image_bytes, "image_matrix_limit": 33177600}
        configuration = {"statuses": statuses, "media_attachments": media}
        return says(200, {"domain": self.domain or self.host, "version": "4.4.0", "configuration": configuration})

    # Statuses

    def _create(self, request: Received) -> Reply:
        account, asked = self._account(request, "write:statuses"), json.loads(request.body)
        self._not_too_often()
        parent = self._parent(asked.get("in_reply_to_id"))
        key = request.headers.get("idempotency-key", "")
        before = self._by_key(account, key)
        if before is not None:
            return NOT_FOUND if before.gone else self._said(before)
        media = self._attachable(asked.get("media_ids", ()), account)
        self._require_fit(asked, media)
        post = self._new(account, asked, media, parent, key)
        if account.swallowed:
            return self._said(post)
        self.posts.append(post)
        for each in media:
            each.more["status"] = post.id
        if key:
            self.kept.keys[account.id, key] = post.id, self.now()
        return self._said(post)

    def _new(
        self, account: MastodonAccount, asked: Mapping[str, Any], media: list[PeerMedia], parent: str, key: str
    ) -> PeerPost:
        visibility = asked.get("visibility") or "public"
        return PeerPost(
            self._id(),
            asked.get("status", ""),
            self.now(),
            account.id,
            key=key,
            media=tuple(each.id for each in media),
            reply=parent,
            more={
                "visibility": "unlisted" if account.limited and visibility == "public" else visibility,
                "spoiler_text": asked.get("spoiler_text", ""),
                "language": asked.get("language", "en"),
            },
        )

    def _require_fit(self, asked: Mapping[str, Any], media: list[PeerMedia]) -> None:
        text, warning = asked.get("status", ""), asked.get("spoiler_text", "")
        if not text.strip() and not media:
            raise Refusal(unprocessable("Text can't be blank"))
        if length(warning + text, self.rules.per_url) > self.rules.max_characters:
            raise Refusal(unprocessable(f"Text character limit of {self.rules.max_characters} exceeded"))
        if asked.get("visibility", "public") not in VISIBILITIES:
            raise Refusal(unprocessable("Visibility is not included in the list"))

    def _status(self, request: Received) -> Reply:
        self._account(request, "read:statuses")
        found = self._post(request.route.rpartition("/")[2])
        return self._said(found) if found else NOT_FOUND

    def _statuses(self, request: Received) -> Reply:
        self._account(request, "read:statuses")
        asked, whose = request.query, request.route.split("/")[-2]
        if whose not in self.accounts:
            return NOT_FOUND
        below = int(asked.get("max_id", 1 << 63))
        theirs = [each for each in self.posts if each.account == whose and not each.gone and int(each.id) < below]
        if asked.get("exclude_reblogs") == "true":
            theirs = [each for each in theirs if not each.more.get("reblog")]
        newest = sorted(theirs, key=lambda each: int(each.id), reverse=True)[: min(int(asked.get("limit", 20)), 40)]
        return says(200, [self._json(each) for each in newest])

    # Pictures

    def _upload(self, request: Received) -> Reply:
        account, parts = self._account(request, "write:media"), request.parts
        file = parts["file"]
        if file.type not in TYPES:
            return unprocessable("File content type is invalid")
        if len(file.data) > self.rules.image_bytes:
            return unprocessable("File file size must be less than or equal to 16 MB")
        alt = parts["description"].data.decode() if "description" in parts else ""
        ready = self.now() + self.rules.work
        made = PeerMedia(self._id(), account.id, file.data, file.type, alt, ready_at=ready)
        self.media[made.id] = made
        return says(202 if ready > self.now() else 200, self._media_json(made))

    def _media(self, request: Received) -> Reply:
        self._account(request, "write:media")
        found = self.media.get(request.route.rpartition("/")[2])
        if found is None or "status" in found.more:
            return NOT_FOUND
        return says(200 if self._is_ready(found) else 206, self._media_json(found))

    def _attachable(self, names: list[str], account: MastodonAccount) -> list[PeerMedia]:
        if len(names) > self.rules.max_media:
            raise Refusal(unprocessable("Cannot attach more than 4 files"))
        found = [self.media.get(name) for name in names]
        free = [each for each in found if each and each.account == account.id and "status" not in each.more]
        if len(free) != len(names):
            raise Refusal(unprocessable("Media not found or already attached to another post"))
        if not all(map(self._is_ready, free)):
            why = "Cannot attach files that have not finished processing. Try again in a moment!"
            raise Refusal(unprocessable(why))
        return free

    def _is_ready(self, media: PeerMedia) -> bool:
        return media.ready_at is None or media.ready_at <= self.now()

    def _media_json(self, media: PeerMedia) -> dict[str, Any]:
        url = f"{self.url}/media/{media.id}" if self._is_ready(media) else None
        return {"id": media.id, "type": "image", "url": url, "description": media.alt}

    # What is behind all of them

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def _account(self, request: Received, scope: str) -> MastodonAccount:
        token = self.tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if token is None or token.revoked:
            raise Refusal(says(401, {"error": "The access token is invalid"}))
        if scope not in token.more["scopes"] and scope.partition(":")[0] not in token.more["scopes"]:
            raise Refusal(says(403, {"error": "This action is outside the authorized scopes"}))
        account = self.accounts[token.account]
        if account.suspended:
            raise Refusal(says(403, {"error": "Your login is currently disabled"}))
        return account

    def _not_too_often(self) -> None:
        asked = self.kept.asked_at
        asked[:] = [at for at in asked if at > self.now() - WINDOW]
        if len(asked) >= RATE:
            raise Refusal(too_many(asked[0] + WINDOW))
        asked.append(self.now())

    def _parent(self, name: str | None) -> str:
        """An empty name is none: that makes a status of its own."""
        if not name:
            return ""
        if self._post(name) is None:
            raise Refusal(says(404, {"error": "The post you are trying to reply to does not appear to exist."}))
        return name

    def _post(self, name: str) -> PeerPost | None:
        return next((each for each in self.posts if each.id == name and not each.gone), None)

    def _by_key(self, account: MastodonAccount, key: str) -> PeerPost | None:
        name, at = self.kept.keys.get((account.id, key), ("", self.now()))
        if not name or self.now() - at >= KEY_LIVES:
            return None
        return next(each for each in self.posts if each.id == name)

    def _said(self, post: PeerPost) -> Reply:
        return says(200, self._json(post))

    def _json(self, post: PeerPost) -> dict[str, Any]:
        username = self.accounts[post.account].username
        return {
            "id": post.id,
            "created_at": post.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "in_reply_to_id": post.reply or None,
            "sensitive": bool(post.more["spoiler_text"]),
            "uri": f"{self.url}/users/{username}/statuses/{post.id}",
            "url": f"{self.url}/@{username}/{post.id}",
            "content": shown(post.text),
            "account": {"id": post.account, "username": username, "acct": username},
            "media_attachments": [self._media_json(self.media[name]) for name in post.media],
            **post.more,
        }

    def _id(self) -> str:
        """By time, and never twice."""
        self._last_id = max(int(self.now().timestamp() * 1000) << 16, self._last_id + 1)
        return str(self._last_id)


ROUTES = (
    ("POST", r"/api/v1/statuses", PUBLISH),
    ("GET", r"/api/v1/statuses/\w+", "status"),
    ("GET", r"/api/v1/accounts/verify_credentials", "me"),
    ("GET", r"/api/v1/accounts/\w+/statuses", "statuses"),
    ("GET", r"/api/v2/instance", "instance"),
    ("POST", r"/api/v1/apps", "register"),
    ("GET", r"/oauth/authorize", "authorize"),
    ("POST", r"/oauth/token", "token"),
    ("GET", r"/\.well-known/oauth-authorization-server", "server"),
    ("POST", r"/api/v2/media", "upload"),
    ("GET", r"/api/v1/media/\w+", "media"),
)


def unprocessable(why: str) -> Reply:
    return says(422, {"error": f"Validation failed: {why}"})


def too_many(until: datetime) -> Reply:
    reset = until.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    headers = {"x-ratelimit-limit": str(RATE), "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
    return says(429, {"error": "Too many requests"}, **headers)


def _proves(verifier: str, challenge: str) -> bool:
    if not challenge:
        return not verifier
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return digest == challenge
