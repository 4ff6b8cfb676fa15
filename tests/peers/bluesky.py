"""A PDS, which keeps the repositories of Bluesky's accounts.

By the lexicons and the source of bluesky-social/atproto; what it refuses it finds out by itself.
"""

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.peers.bluesky_record import RefusedRecord, images_of, require_valid
from tests.peers.peer import PUBLISH, Peer
from tests.peers.posts import PeerMedia, PeerPost
from tests.peers.reply import Reply, says
from tests.received import Received

ACCESS_LIVES, REFRESH_LIVES, GRACE = timedelta(minutes=120), timedelta(days=90), timedelta(hours=2)
UNUSED_BLOB_LIVES = timedelta(hours=6)
SESSIONS, SESSION_WINDOW = 30, timedelta(minutes=5)
POINTS, POINT_WINDOW, CREATE, UPDATE = 5000, timedelta(hours=1), 3, 2


@dataclass
class BlueskyAccount:
    did: str
    handle: str
    app_password: str
    password: str = "hunter2hunter2"  # its own, which asks for a second factor
    status: str = ""  # of one that is not active


@dataclass
class RefreshToken:
    """One of a chain. Used, it lives for a while yet, and leads to the same next one."""

    did: str
    expires_at: datetime
    next: str = ""


@dataclass
class Spent:
    """What counts against a limit, and when."""

    at: list[tuple[datetime, int]] = field(default_factory=list)

    def left(self, most: int, window: timedelta, now: datetime) -> int:
        self.at = [(at, points) for at, points in self.at if at > now - window]
        return most - sum(points for _at, points in self.at)


class RefusedCall(Exception):  # noqa: N818 -- it says what happened
    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


class BlueskyPeer(Peer):
    """`knows_again=False`: a PDS that refuses even the same record of the same name."""

    def __init__(self, *, knows_again: bool = True, **more: Any) -> None:
        super().__init__(**more)
        self.knows_again = knows_again
        self.ada = BlueskyAccount("did:plc:ewvi7nxzyoun6zhxrhs64oiz", "ada.bsky.social", "abcd-efgh-2345-6789")
        self.accounts = {self.ada.did: self.ada}
        self.handles = {self.ada.handle: self.ada.did, "odile.test": "did:plc:odile7nxzyoun6zhxrhs64oi"}
        self.refresh_tokens: dict[str, RefreshToken] = {}
        self.commits = 0
        self._sessions, self._points = Spent(), Spent()

    def kind(self, request: Received) -> str:
        name = request.route.removeprefix("/xrpc/")
        return PUBLISH if name in WRITES else name

    def answer(self, request: Received) -> Reply:
        handlers: Mapping[str, Callable[[Received], Reply]] = {
            "com.atproto.server.createSession": self._create_session,
            "com.atproto.server.refreshSession": self._refresh_session,
            "com.atproto.identity.resolveHandle": self._resolve,
            "com.atproto.repo.uploadBlob": self._upload,
            "com.atproto.repo.putRecord": self._put,
            "com.atproto.repo.createRecord": self._create,
            "com.atproto.repo.getRecord": self._get,
        }
        handler = handlers.get(request.route.removeprefix("/xrpc/"))
        if handler is None:
            return says(501, {"error": "MethodNotImplemented", "message": "Method Not Implemented"})
        try:
            return handler(request)
        except RefusedCall as refused:
            return refused.reply
        except RefusedRecord as refused:
            return bad("InvalidRequest", str(refused))

    def broken(self) -> Reply:
        return says(500, {"error": "InternalServerError", "message": "Internal Server Error"})

    def session(self) -> tuple[str, str]:
        """Both tokens of a new one, without the walk to it."""
        return self._access(self.ada), self._refresh(self.ada.did)

    def says_401_once(self, request: Received) -> Reply:
        """By its own status for that."""
        return bad("ExpiredToken", "Token has expired")

    def says_taken_down(self, request: Received) -> Reply:
        return says(401, {"error": "AccountTakedown", "message": "Account has been taken down"})

    def says_429(self, request: Received, seconds: float = 600) -> Reply:
        return too_many(self.now() + timedelta(seconds=seconds), POINTS, POINT_WINDOW)

    def says_token_rotated_reply_lost(self, request: Received) -> Reply:
        """The new pair is made, and nobody hears of it."""
        self.answer(request)
        return Reply(502, b"<html>Bad Gateway</html>", {"content-type": "text/html"})

    # Sessions

    def _create_session(self, request: Received) -> Reply:
        if self._sessions.left(SESSIONS, SESSION_WINDOW, self.now()) <= 0:
            return too_many(self.now() + SESSION_WINDOW, SESSIONS, SESSION_WINDOW)
        self._sessions.at.append((self.now(), 1))
        asked = request.json
        account = next((a for a in self.accounts.values() if asked.get("identifier") in (a.handle, a.did)), None)
        if account is not None and asked.get("password") == account.password:
            return says(401, {"error": "AuthFactorTokenRequired", "message": "A sign in code has been sent"})
        if account is None or asked.get("password") != account.app_password:
            return says(401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"})
        if account.status == "takendown":
            return says(401, {"error": "AccountTakedown", "message": "Account has been taken down"})
        return self._let_in(account, self._refresh(account.did))

    def _refresh_session(self, request: Received) -> Reply:
        name = self._bearer(request)
        old = self.refresh_tokens.get(name)
        if old is None or old.expires_at <= self.now():
            return bad("ExpiredToken", "Token has been revoked")
        if not old.next:
            old.next = self._refresh(old.did)
            old.expires_at = min(old.expires_at, self.now() + GRACE)
        return self._let_in(self.accounts[old.did], old.next)

    def _let_in(self, account: BlueskyAccount, refresh: str) -> Reply:
        said = {
            "accessJwt": self._access(account),
            "refreshJwt": refresh,
            "did": account.did,
            "handle": account.handle,
            "active": not account.status,
        }
        return says(200, said | ({"status": account.status} if account.status else {}))

    def _access(self, account: BlueskyAccount) -> str:
        return _jwt({"scope": "com.atproto.appPass", "sub": account.did}, self.now() + ACCESS_LIVES)

    def _refresh(self, did: str) -> str:
        ends = self.now() + REFRESH_LIVES
        name = _jwt({"scope": "com.atproto.refresh", "sub": did, "jti": secrets.token_hex(8)}, ends)
        self.refresh_tokens[name] = RefreshToken(did, ends)
        return name

    def _account(self, request: Received) -> BlueskyAccount:
        try:
            claims = json.loads(_unpacked(self._bearer(request).split(".")[1]))
            account = self.accounts[claims["sub"]]
        except (IndexError, KeyError, ValueError):
            raise RefusedCall(bad("InvalidToken", "Token could not be verified")) from None
        if claims["scope"] != "com.atproto.appPass":
            raise RefusedCall(bad("InvalidToken", "Bad token scope"))
        if claims["exp"] <= self.now().timestamp():
            raise RefusedCall(bad("ExpiredToken", "Token has expired"))
        if account.status:
            raise RefusedCall(says(401, {"error": "AccountDeactivated", "message": "Account is deactivated"}))
        return account

    def _bearer(self, request: Received) -> str:
        said = request.headers.get("authorization", "")
        if not said.startswith("Bearer "):
            raise RefusedCall(says(401, {"error": "AuthMissing", "message": "Authentication Required"}))
        return said.removeprefix("Bearer ")

    # Records

    def _put(self, request: Received) -> Reply:
        asked = self._asked(request)
        there = self._there(asked["rkey"])
        record, cid = asked["record"], cid_of(asked["record"])
        if there is not None and there.more["cid"] == cid and self.knows_again:
            return self._said(there)  # and no commit
        if "swapRecord" in asked and asked["swapRecord"] != (there.more["cid"] if there else None):
            return bad("InvalidSwap", f"Record was at {there.more['cid'] if there else None}")
        self._spend(UPDATE if there else CREATE)
        if there is None:
            there = PeerPost(asked["rkey"], "", self.now(), asked["repo"], key=asked["rkey"])
            self.posts.append(there)
        return self._committed(there, record, cid)

    def _create(self, request: Received) -> Reply:
        """As the reference does it today, which is why we do not use it."""
        asked = self._asked(request)
        if self._there(asked["rkey"]) is not None:
            return self.broken()
        self._spend(CREATE)
        self.posts.append(PeerPost(asked["rkey"], "", self.now(), asked["repo"], key=asked["rkey"]))
        return self._committed(self.posts[-1], asked["record"], cid_of(asked["record"]))

    def _committed(self, post: PeerPost, record: Mapping[str, Any], cid: str) -> Reply:
        self.commits += 1
        post.text, post.more = record["text"], {"record": record, "cid": cid}
        post.media = tuple(image["image"]["ref"]["$link"] for image in images_of(record))
        post.reply = record.get("reply", {}).get("parent", {}).get("uri", "")
        for name in post.media:
            self.media[name].more["used"] = True
        return self._said(post)

    def _get(self, request: Received) -> Reply:
        asked = request.query
        there = self._there(asked.get("rkey", ""))
        if there is None or asked.get("repo") != there.account:
            return bad("RecordNotFound", "Could not locate record")
        return says(200, {"uri": uri_of(there), "cid": there.more["cid"], "value": there.more["record"]})

    def _asked(self, request: Received) -> dict[str, Any]:
        """What is asked to be written, by the account that may write it."""
        account, asked = self._account(request), request.json
        if asked.get("repo") not in (account.did, account.handle):
            raise RefusedCall(bad("InvalidRequest", "Could not find repo"))
        if asked.get("collection") != "app.bsky.feed.post" or not TID.fullmatch(asked.get("rkey", "")):
            raise RefusedCall(bad("InvalidRequest", "Invalid app.bsky.feed.post record: Invalid record key"))
        require_valid(asked["record"])
        for image in images_of(asked["record"]):
            self._require_blob(image["image"])
        return {**asked, "repo": account.did}

    def _require_blob(self, blob: Mapping[str, Any]) -> None:
        name = blob["ref"]["$link"]
        kept = self.media.get(name)
        if kept is None or (not kept.more.get("used") and kept.more["at"] + UNUSED_BLOB_LIVES <= self.now()):
            raise RefusedCall(bad("BlobNotFound", f"Could not find blob: {name}"))
        if blob != kept.more["blob"]:
            raise RefusedCall(bad("InvalidMimeType", "Referenced blob is not what was uploaded"))

    def _there(self, key: str) -> PeerPost | None:
        return next((each for each in self.posts if each.key == key and not each.gone), None)

    def _said(self, post: PeerPost) -> Reply:
        return says(200, {"uri": uri_of(post), "cid": post.more["cid"], "validationStatus": "valid"})

    def _spend(self, points: int) -> None:
        if self._points.left(POINTS, POINT_WINDOW, self.now()) < points:
            raise RefusedCall(too_many(self.now() + POINT_WINDOW, POINTS, POINT_WINDOW))
        self._points.at.append((self.now(), points))

    # What else is asked

    def _upload(self, request: Received) -> Reply:
        account, data = self._account(request), request.body
        name = f"bafkrei{_base32(hashlib.sha256(data).digest())}"
        type_ = request.headers.get("content-type", "")
        blob = {"$type": "blob", "ref": {"$link": name}, "mimeType": type_, "size": len(data)}
        used = name in self.media and self.media[name].more.get("used", False)
        more = {"blob": blob, "at": self.now(), "used": used}
        self.media[name] = PeerMedia(name, account.did, data, type_, more=more)
        return says(200, {"blob": blob})

    def _resolve(self, request: Received) -> Reply:
        did = self.handles.get(request.query.get("handle", ""))
        return says(200, {"did": did}) if did else bad("InvalidRequest", "Unable to resolve handle")


WRITES = ("com.atproto.repo.putRecord", "com.atproto.repo.createRecord")
TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


def bad(error: str, message: str) -> Reply:
    return says(400, {"error": error, "message": message})


def too_many(until: datetime, most: int, window: timedelta) -> Reply:
    headers = {
        "ratelimit-limit": str(most),
        "ratelimit-remaining": "0",
        "ratelimit-reset": str(int(until.timestamp())),
        "ratelimit-policy": f"{most};w={int(window.total_seconds())}",
    }
    return says(429, {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, **headers)


def uri_of(post: PeerPost) -> str:
    return f"at://{post.account}/app.bsky.feed.post/{post.key}"


def cid_of(record: Mapping[str, Any]) -> str:
    """By what it says, as a hash of its canonical form."""
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":")).encode()
    return f"bafyrei{_base32(hashlib.sha256(canonical).digest())}"


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()


def _jwt(claims: Mapping[str, Any], ends: datetime) -> str:
    parts = ({"typ": "at+jwt", "alg": "HS256"}, {**claims, "exp": int(ends.timestamp())})
    packed = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*packed, secrets.token_urlsafe(32)])


def _unpacked(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
