"""Asking an instance as somebody."""

from collections.abc import Mapping

from plugins.publishing.platform import Login

TITLE = "Mastodon"
# Errors are written in the language that is asked for.
IN_ENGLISH = {"Accept-Language": "en"}


def headers(access: str) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {access}", **IN_ENGLISH}


def at(login: Login, path: str) -> str:
    return login.addresses["api"] + path


def account_id(login: Login) -> str:
    """At its instance. `remote_id` is `id@instance`: an id alone is another's elsewhere."""
    return login.remote_id.partition("@")[0]
