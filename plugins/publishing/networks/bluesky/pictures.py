"""Pictures on their way to a repository. The same bytes have the same name there, however often they are sent."""

from typing import Any

import httpx

from host import _
from plugins.publishing.networks.bluesky.xrpc import asked, bearer
from plugins.publishing.networks.reading import part, words
from plugins.publishing.outcomes import Hindered, Later
from plugins.publishing.platform import Login, Picture


def upload(picture: Picture, login: Login, client: httpx.Client) -> str:
    """Its name there, its size and its type there, with blanks between them. Raises Hindered."""
    said = asked(
        client,
        "POST",
        login.addresses,
        "com.atproto.repo.uploadBlob",
        headers={**bearer(login.tokens.access), "Content-Type": picture.type},
        content=picture.read(),
    )
    kept = part(said, "blob")
    named = [words(kept, "ref", "$link"), words(kept, "size"), words(kept, "mimeType")]
    if not all(named) or not named[1].isdecimal():
        raise Hindered(Later(_("Bluesky took the picture, but did not name it.")))
    return " ".join(named)


def blob(uploaded: str, picture: Picture) -> dict[str, Any]:
    """As a record refers to it. What is not uploaded yet has a name alone, where a post is looked at beforehand."""
    name, size, type_ = [*uploaded.split(" ", 2), "", ""][:3]
    return {
        "$type": "blob",
        "ref": {"$link": name},
        "size": int(size or picture.size),
        "mimeType": type_ or picture.type,
    }
