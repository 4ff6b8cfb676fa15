"""Pictures on their way to an instance. Uploading publishes nothing."""

from collections.abc import Sequence
from http import HTTPStatus

import httpx

from host import _, ngettext
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.mastodon.answers import hindrance
from plugins.publishing.networks.mastodon.asking import TITLE, at, headers
from plugins.publishing.networks.mastodon.limits import Limits
from plugins.publishing.networks.reading import json_object, words
from plugins.publishing.outcomes import Hindered, Later
from plugins.publishing.platform import Login, Picture


def upload(picture: Picture, login: Login, client: httpx.Client) -> str:
    """Its id there. It may still be worked upon: then it is named all the same, for uploading it again would begin that
    anew; the status that shows it waits (`unready`). Raises Hindered."""
    answer = ask(
        client,
        "POST",
        at(login, "/api/v2/media"),
        title=TITLE,
        headers=headers(login.tokens.access),
        data={"description": picture.alt},
        files={"file": (picture.name, picture.read(), picture.type)},
    )
    if not answer.is_success:
        raise Hindered(hindrance(answer))
    name = words(json_object(answer), "id")
    if not name:
        raise Hindered(Later(_("Mastodon took the picture, but did not name it.")))
    return name


def unready(names: Sequence[str], login: Login, client: httpx.Client) -> bool:
    """Whether one of them is still worked upon. Raises Hindered."""
    return any(_status(name, login, client) == HTTPStatus.PARTIAL_CONTENT for name in names)


def problems(pictures: Sequence[Picture], limits: Limits) -> list[str]:
    """By what this very server allows."""
    found = [each for picture in pictures for each in _problems(picture, limits)]
    if len(pictures) > limits.max_media_attachments:
        most = limits.max_media_attachments
        found.append(ngettext("This server takes one picture.", "This server takes %(n)s pictures.", most))
    return found


def _problems(picture: Picture, limits: Limits) -> list[str]:
    found = []
    if picture.size > limits.image_size_limit:
        most = f"{limits.image_size_limit / 1_000_000:.1f}"
        found.append(_("%(name)s: this server takes at most %(most)s MB.", name=picture.name, most=most))
    if picture.width * picture.height > limits.image_matrix_limit:
        most = f"{limits.image_matrix_limit / 1_000_000:.1f}"
        found.append(_("%(name)s: this server takes at most %(most)s megapixels.", name=picture.name, most=most))
    if len(picture.alt) > limits.description_limit:
        most = f"{limits.description_limit:,}"
        found.append(
            _("%(name)s: its description has at most %(most)s characters there.", name=picture.name, most=most)
        )
    return found


def _status(name: str, login: Login, client: httpx.Client) -> int:
    url = at(login, f"/api/v1/media/{name}")
    return ask(client, "GET", url, title=TITLE, headers=headers(login.tokens.access)).status_code
