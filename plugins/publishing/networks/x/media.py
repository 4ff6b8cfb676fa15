"""Pictures for X: an image in one request, a GIF in pieces. Nothing of it is seen by anybody until a post names it."""

from datetime import timedelta
from typing import Any

import httpx

from host import _, now
from plugins.publishing.networks.reading import part, words
from plugins.publishing.networks.x.asking import asked
from plugins.publishing.outcomes import Hindered, Later, Refused
from plugins.publishing.platform import Login, Picture

GIF = "image/gif"
MOST_IMAGE, MOST_GIF = 5_000_000, 15_000_000
LONGEST_ALT = 1000
PIECE = 1_000_000
FIRST_LOOK = 5  # seconds, where X names no time


def upload(picture: Picture, login: Login, client: httpx.Client) -> str:
    name = (_in_pieces if picture.type == GIF else _at_once)(picture, login, client)
    if picture.alt:
        words_for_it = {"id": name, "metadata": {"alt_text": {"text": picture.alt}}}
        asked(client, "POST", "/2/media/metadata", login, json=words_for_it)
    return name


def require_ready(name: str, login: Login, client: httpx.Client) -> None:
    """X works on a GIF for a while. Raises Hindered until it is done; where X has no word for that, the post tells."""
    try:
        said = asked(client, "GET", "/2/media/upload", login, params={"command": "STATUS", "media_id": name})
    except Hindered as hindered:
        if isinstance(hindered.hindrance, Refused):
            return
        raise
    state, wait = words(said, "data", "processing_info", "state"), _wait(said)
    if state == "failed":
        raise Hindered(Refused(_("X cannot show this picture.")))
    if state in ("pending", "in_progress"):
        raise Hindered(Later(_("X still works on the picture."), at=now() + wait, counts=False))


def _at_once(picture: Picture, login: Login, client: httpx.Client) -> str:
    return _named(
        asked(
            client,
            "POST",
            "/2/media/upload",
            login,
            data={"media_category": "tweet_image"},
            files={"media": (picture.name, picture.read(), picture.type)},
        )
    )


def _in_pieces(picture: Picture, login: Login, client: httpx.Client) -> str:
    data = picture.read()
    begun = {"media_type": picture.type, "total_bytes": len(data), "media_category": "tweet_gif"}
    name = _named(asked(client, "POST", "/2/media/upload/initialize", login, json=begun))
    for number, start in enumerate(range(0, len(data), PIECE)):
        asked(
            client,
            "POST",
            f"/2/media/upload/{name}/append",
            login,
            data={"segment_index": str(number)},
            files={"media": (picture.name, data[start : start + PIECE], picture.type)},
        )
    asked(client, "POST", f"/2/media/upload/{name}/finalize", login)
    return name


def _named(said: Any) -> str:
    name = words(said, "data", "id")
    if not name.isdecimal():
        raise Hindered(Later(_("X did not say what it calls the picture.")))
    return name


def _wait(said: Any) -> timedelta:
    seconds = part(said, "data", "processing_info", "check_after_secs")
    return timedelta(seconds=seconds if isinstance(seconds, int) and 0 < seconds < 3600 else FIRST_LOOK)
