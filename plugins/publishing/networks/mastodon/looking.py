"""Looking for a status among the account's own, where its key is forgotten by now."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from host import _
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.mastodon.answers import hindrance
from plugins.publishing.networks.mastodon.asking import TITLE, account_id, at, headers
from plugins.publishing.networks.mastodon.content import same_text
from plugins.publishing.networks.mastodon.published import published
from plugins.publishing.networks.mastodon.status import thawed
from plugins.publishing.networks.reading import words
from plugins.publishing.outcomes import Ask, Hindered, Published
from plugins.publishing.platform import Login, Sent

CLOCKS = timedelta(minutes=2)  # theirs may be as much behind ours
A_PAGE, MOST_PAGES = 20, 20  # a page of 40 long ones may be more than our client reads


def look(sent: Sent, login: Login, client: httpx.Client) -> Published | Ask | None:
    """None: it is not there. Raises Hindered."""
    wanted, since = thawed(sent.body), sent.at - CLOCKS
    for number, page in enumerate(_pages(login, client)):
        for status in page:
            if _made_at(status) < since:
                return None
            if _is_it(status, wanted):
                return published(status, wanted["visibility"])
        if number + 1 == MOST_PAGES:
            return Ask(_("Too much has been published there since to find it. Was it?"))
    return None


def _pages(login: Login, client: httpx.Client) -> Iterator[list[Mapping[str, Any]]]:
    """The account's statuses, newest first."""
    url, query = at(login, f"/api/v1/accounts/{account_id(login)}/statuses"), {"limit": str(A_PAGE)}
    while True:
        answer = ask(
            client,
            "GET",
            url,
            title=TITLE,
            headers=headers(login.tokens.access),
            params={**query, "exclude_reblogs": "true"},
        )
        page = _listed(answer)
        if not page:
            return
        yield page
        query["max_id"] = words(page[-1], "id")


def _listed(answer: httpx.Response) -> list[Mapping[str, Any]]:
    """Raises Hindered for what is no list: an empty one would mean that it is not there."""
    if not answer.is_success:
        raise Hindered(hindrance(answer))
    try:
        found = answer.json()
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise Hindered(hindrance(answer))
    return [each for each in found if isinstance(each, dict)]


def _made_at(status: Mapping[str, Any]) -> datetime:
    """One whose time cannot be read is taken for new: it is looked at, and so are those below it."""
    try:
        made = datetime.fromisoformat(words(status, "created_at"))
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def _is_it(status: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return (
        words(status, "in_reply_to_id") == wanted.get("in_reply_to_id", "")
        and words(status, "spoiler_text") == wanted.get("spoiler_text", "")
        and same_text(words(status, "content"), wanted.get("status", ""))
        and len(status.get("media_attachments") or ()) == len(wanted.get("media_ids", ()))
    )
