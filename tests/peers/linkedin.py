"""LinkedIn as a server of a test: the Posts API, by Microsoft's pages and by what people saw of it.

It ends a text at the first sign that should have been escaped and says that all is well, knows a post again by its
content and names the one that it has, retires its versions after a year, and refuses a fresh token for some seconds.
"""

import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from tests.peers.peer import PUBLISH, Peer
from tests.peers.posts import PeerMedia, PeerPost, PeerToken
from tests.peers.reply import Reply, says
from tests.received import Received

TOKEN_LASTS, CODE_LASTS, REMEMBERS = timedelta(days=60), timedelta(minutes=30), timedelta(hours=48)
REFRESH_LASTS = timedelta(days=365)
LONGEST, VERSIONS = 3000, 12
REQUIRED = ("author", "commentary", "visibility", "distribution", "lifecycleState")
KNOWN = {*REQUIRED, "content", "isReshareDisabledByAuthor"}
RESERVED = set("\\|{}@[]()<>#*_~")


class Problem(Exception):  # noqa: N818
    def __init__(self, reply: Reply) -> None:
        self.reply = reply


class LinkedInPeer(Peer):
    """`partner`: its tokens can be renewed. `settles` is how long a fresh token is refused, `image_takes` how long a
    picture is worked on, `knows_after` when a post is known again, `quota` how many posts a day has left."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.person = "urn:li:person:Ada-1_x"
        self.app = ("app", "hush")
        self.partner = False
        self.settles = timedelta()
        self.image_takes = timedelta()
        self.knows_after = timedelta()
        self.quota = 100
        self.codes: dict[str, dict[str, str]] = {}
        self._counted = 0

    def kind(self, request: Received) -> str:
        if request.method == "POST" and request.route == "/rest/posts":
            return PUBLISH
        kinds = {"/oauth/v2/accessToken": "token", "/v2/userinfo": "person"}
        return kinds.get(request.route, "media" if "image" in request.route else "other")

    def answer(self, request: Received) -> Reply:
        try:
            return self._route(request)(request)
        except Problem as problem:
            return problem.reply

    def grant(self) -> PeerToken:
        at = self.now()
        refresh = secrets.token_urlsafe(300) if self.partner else ""
        token = PeerToken(secrets.token_urlsafe(300), self.person, at, at + TOKEN_LASTS, refresh)
        self.tokens[token.access] = token
        return token

    def publish(self, text: str, *, at: datetime) -> PeerPost:
        """As Ada did through this app, then."""
        said = {"author": self.person, "commentary": text}
        self.posts.append(PeerPost(self._urn("share", at), text, at, self.person, more={"content": content_of(said)}))
        return self.posts[-1]

    def says_401(self, request: Received, code: int, name: str) -> Reply:
        return unauthorized(code, name, "The token used in the request is no good")

    def says_403(self, request: Received) -> Reply:
        return FORBIDDEN

    def says_422_dup(self, request: Received, urn: str) -> Reply:
        """Of that one; but where it took the same since, that was no duplicate then, and it is named now."""
        if not urn.startswith("urn:"):
            return duplicate(urn)
        content = content_of(request.json)
        return duplicate(next((each.id for each in reversed(self.posts) if each.more["content"] == content), urn))

    def says_426(self, request: Received) -> Reply:
        return retired(request.headers["linkedin-version"])

    def says_429(self, request: Received) -> Reply:
        return THROTTLED

    def broken(self) -> Reply:
        return says(500, {"message": "Internal Server Error", "status": 500})

    def _route(self, request: Received) -> Callable[[Received], Reply]:
        routes: dict[tuple[str, str], Callable[[Received], Reply]] = {
            ("GET", "/oauth/v2/authorization"): self._authorize,
            ("POST", "/oauth/v2/accessToken"): self._token,
            ("GET", "/v2/userinfo"): self._userinfo,
            ("POST", "/rest/posts"): self._create,
            ("POST", "/rest/images"): self._begin_image,
        }
        if request.method == "PUT" and request.route.startswith("/dms-uploads/image/"):
            return self._put_image
        found = routes.get((request.method, request.route))
        if found is None:
            raise Problem(says(404, {"status": 404, "code": "RESOURCE_NOT_FOUND", "message": "No virtual resource"}))
        return found

    def _authorize(self, request: Received) -> Reply:
        """The person agrees at once."""
        asked = request.query
        scopes = set(asked["scope"].split())
        if asked["client_id"] != self.app[0] or asked["response_type"] != "code" or "openid" not in scopes:
            raise Problem(says(400, {"error": "invalid_request"}))
        code = secrets.token_urlsafe(24)
        self.codes[code] = {**asked, "until": (self.now() + CODE_LASTS).isoformat()}
        back = urlencode({"code": code, "state": asked["state"]})
        return Reply(302, b"", {"location": f"{asked['redirect_uri']}?{back}"})

    def _token(self, request: Received) -> Reply:
        form = request.form
        if (form["client_id"], form["client_secret"]) != self.app:
            raise Problem(says(401, {"error": "invalid_client", "error_description": "Client authentication failed"}))
        if form["grant_type"] == "refresh_token":
            return self._refreshed(form["refresh_token"])
        code = self.codes.pop(form["code"], None)
        late = code and self.now() > datetime.fromisoformat(code["until"])
        if not code or late or code["redirect_uri"] != form["redirect_uri"]:
            raise Problem(
                says(400, {"error": "invalid_request", "error_description": "Unable to retrieve access token"})
            )
        return says(200, self._told(self.grant(), REFRESH_LASTS))

    def _refreshed(self, refresh: str) -> Reply:
        """The refresh token stays the same, and so does its end."""
        known = [token for token in self.tokens.values() if refresh and token.refresh == refresh]
        if not known or self.now() > known[0].issued_at + REFRESH_LASTS:
            raise Problem(says(400, {"error": "invalid_request", "error_description": "The provided token is expired"}))
        token = self.grant()
        token.refresh = refresh
        return says(200, self._told(token, known[0].issued_at + REFRESH_LASTS - self.now()))

    def _told(self, token: PeerToken, refresh_lasts: timedelta) -> dict[str, Any]:
        said: dict[str, Any] = {"access_token": token.access, "expires_in": int(TOKEN_LASTS.total_seconds())}
        if token.refresh:
            said |= {"refresh_token": token.refresh, "refresh_token_expires_in": int(refresh_lasts.total_seconds())}
        return said

    def _check_token(self, request: Received) -> PeerToken:
        token = self.tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if token is None:
            raise Problem(unauthorized(65600, "INVALID_ACCESS_TOKEN", "Invalid access token"))
        if token.revoked or self.now() < token.issued_at + self.settles:
            said = "The token used in the request has been revoked by the user"
            raise Problem(unauthorized(65601, "REVOKED_ACCESS_TOKEN", said))
        if token.expires_at and self.now() >= token.expires_at:
            raise Problem(unauthorized(65602, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired"))
        return token

    def _check_version(self, request: Received) -> None:
        asked, at = request.headers.get("linkedin-version", ""), self.now()
        if request.headers.get("x-restli-protocol-version") != "2.0.0" or not re.fullmatch(r"\d{6}", asked):
            raise Problem(
                says(400, {"status": 400, "code": "VERSION_MISSING", "message": "A version must be present."})
            )
        age = at.year * 12 + at.month - int(asked[:4]) * 12 - int(asked[4:])
        if not 1 <= age <= VERSIONS:
            raise Problem(retired(asked))

    def _userinfo(self, request: Received) -> Reply:
        token = self._check_token(request)
        return says(200, {"sub": token.account.rpartition(":")[2], "name": "Ada Fen", "locale": "en-US"})

    def _create(self, request: Received) -> Reply:
        token = self._check_token(request)
        self._check_version(request)
        if self.quota <= 0:
            raise Problem(THROTTLED)
        try:
            said = request.json
        except ValueError:
            said = None
        if not isinstance(said, dict):
            message = "Request body could not be converted to data map"
            raise Problem(says(400, {"status": 400, "code": "ILLEGAL_ARGUMENT", "message": message}))
        self._check_post(said, token)
        kind = "ugcPost" if "content" in said else "share"
        post = PeerPost(self._urn(kind, self.now()), little_text(said["commentary"]), self.now(), said["author"])
        post.more = {"content": content_of(said), "visibility": said["visibility"], "said": said}
        post.media = tuple(names_of(said))
        self.posts.append(post)
        self.quota -= 1
        return Reply(201, b"", {"x-restli-id": post.id, "x-linkedin-id": post.id})

    def _check_post(self, said: dict[str, Any], token: PeerToken) -> None:
        missing = [f"ERROR :: /{name} :: field is required but not found" for name in REQUIRED if name not in said]
        strange = [f"ERROR :: /{name} :: unrecognized field found but not allowed" for name in set(said) - KNOWN]
        if missing or strange or said["visibility"] not in ("PUBLIC", "CONNECTIONS"):
            raise Problem(says(422, {"message": "\n".join(missing + strange), "status": 422}))
        if said["author"] != token.account:
            raise Problem(FORBIDDEN)
        if len(said["commentary"]) > LONGEST:
            raise Problem(too_long(len(said["commentary"])))
        self._check_images(said)
        for each in reversed(self.posts):
            known = self.knows_after <= self.now() - each.at < REMEMBERS  # also what was deleted
            if known and each.more["content"] == content_of(said):
                raise Problem(duplicate(each.id))

    def _check_images(self, said: dict[str, Any]) -> None:
        names = names_of(said)
        if "multiImage" in said.get("content", {}) and not 2 <= len(names) <= 20:
            raise Problem(says(422, {"message": "ERROR :: /content/multiImage/images :: 2 to 20", "status": 422}))
        for name in names:
            kept = self.media.get(name)
            if kept is None or kept.account != said["author"] or not kept.data:
                raise Problem(says(400, {"status": 400, "code": "ILLEGAL_ARGUMENT", "message": f"{name} is not owned"}))
            if kept.ready_at is None or self.now() < kept.ready_at:
                message = f"{name} is still in PROCESSING and can not be used"
                raise Problem(says(400, {"status": 400, "code": "MEDIA_ASSET_PROCESSING", "message": message}))

    def _begin_image(self, request: Received) -> Reply:
        token = self._check_token(request)
        self._check_version(request)
        owner = request.json["initializeUploadRequest"]["owner"]
        if request.query != {"action": "initializeUpload"} or owner != token.account:
            raise Problem(FORBIDDEN)
        kept = PeerMedia(f"urn:li:image:C{secrets.token_hex(8)}", owner)
        self.media[kept.id] = kept
        place = f"{self.url}/dms-uploads/image/{kept.id.rpartition(':')[2]}"
        return says(200, {"value": {"uploadUrlExpiresAt": 0, "uploadUrl": place, "image": kept.id}})

    def _put_image(self, request: Received) -> Reply:
        self._check_token(request)
        kept = self.media[f"urn:li:image:{request.route.rpartition('/')[2]}"]
        kept.data, kept.type = request.body, request.headers["content-type"]
        kept.ready_at = self.now() + self.image_takes
        return Reply(201)

    def _urn(self, kind: str, at: datetime) -> str:
        self._counted += 1
        return f"urn:li:{kind}:{int(at.timestamp() * 1000) << 22 | self._counted}"


def little_text(commentary: str) -> str:
    """What is shown: a sign that should have been escaped ends it, without a word."""
    shown, place = "", 0
    while place < len(commentary):
        sign, rest = commentary[place], commentary[place:]
        mention = re.match(r"@\[([^\]]+)\]\(urn:li:(organization|person):[\w-]+\)", rest)
        if mention:
            shown, place = shown + mention[1], place + mention.end()
        elif sign == "\\" and rest[1:2] in RESERVED:
            shown, place = shown + rest[1], place + 2
        elif sign == "#" and re.match(r"#\w*[^\W\d_]", rest) and not shown[-1:].isalnum():
            shown, place = shown + sign, place + 1
        elif sign in RESERVED:
            break
        else:
            shown, place = shown + sign, place + 1
    return shown


def content_of(said: dict[str, Any]) -> tuple[str, str, str]:
    """By which a post is known again."""
    return said["author"], said["commentary"], str(said.get("content", ""))


def names_of(said: dict[str, Any]) -> list[str]:
    content = said.get("content", {})
    one, many = content.get("media"), content.get("multiImage", {}).get("images", [])
    return [each["id"] for each in ([one] if one else many)]


def unauthorized(code: int, name: str, message: str) -> Reply:
    return says(401, {"status": 401, "serviceErrorCode": code, "code": name, "message": message})


def too_long(length: int) -> Reply:
    message = f"ShareCommentary text length ({length} characters) exceeded the maximum allowed ({LONGEST} characters)"
    errors = [{"description": message, "code": "FIELD_ARRAY_SIZE_TOO_HIGH"}]
    return says(400, {"message": message, "errorDetails": {"inputErrors": errors}, "status": 400})


def duplicate(urn: str) -> Reply:
    kind = "com.linkedin.content.common.exception.BadRequestResponseException"
    errors = [{"description": "Duplicate post is detected", "input": {}, "code": "DUPLICATE_POST"}]
    return says(
        422,
        {
            "errorDetailType": "com.linkedin.common.error.BadRequest",
            "message": f"{kind}: Content is a duplicate of {urn}",
            "errorDetails": {"inputErrors": errors},
            "status": 422,
        },
    )


def retired(version: str) -> Reply:
    message = f"Requested version {version}01 is not active"
    return says(426, {"status": 426, "code": "NONEXISTENT_VERSION", "message": message})


FORBIDDEN = says(
    403, {"status": 403, "serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": "Not enough permissions"}
)
THROTTLED = says(429, {"status": 429, "code": "TOO_MANY_REQUESTS", "message": "Resource level throttle limit reached"})
