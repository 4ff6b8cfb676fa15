"""Posts that a part answers: their addresses, and the hashes of what they say."""

from collections.abc import Mapping

import httpx

from plugins.publishing.networks.bluesky.xrpc import COLLECTION, asked, bearer
from plugins.publishing.networks.reading import words
from plugins.publishing.platform import Login, Reply


def reference(remote_id: str, resolved: Mapping[str, str]) -> dict[str, str]:
    """`remote_id` is both with a blank between them, or what `looked_up` found out about."""
    uri, _blank, cid = resolved.get(remote_id, remote_id).partition(" ")
    return {"uri": uri, "cid": cid}


def looked_up(reply: Reply | None, login: Login, client: httpx.Client) -> dict[str, str]:
    """Of posts whose name alone is known, because a person said that they are there. Raises Hindered."""
    named = {each for each in (reply.root, reply.parent) if each and " " not in each} if reply else set()
    return {name: _there(name, login, client) for name in sorted(named)}


def _there(name: str, login: Login, client: httpx.Client) -> str:
    asks = {"repo": login.remote_id, "collection": COLLECTION, "rkey": name}
    headers = bearer(login.tokens.access)
    said = asked(client, "GET", login.addresses, "com.atproto.repo.getRecord", headers=headers, params=asks)
    return f"{words(said, 'uri')} {words(said, 'cid')}"
