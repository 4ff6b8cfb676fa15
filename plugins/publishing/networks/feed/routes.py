"""What anybody may read without signing in: the feed, its entries and their pictures."""

from typing import cast

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from host import NotFound, _, file_response, public, row_id
from plugins.publishing.networks.feed.addresses import Addresses
from plugins.publishing.networks.feed.atom import JSON_TYPE, TYPE, as_atom
from plugins.publishing.networks.feed.entry import FeedEntry
from plugins.publishing.networks.feed.jsonfeed import as_json
from plugins.publishing.networks.feed.page import Page, Told
from plugins.publishing.networks.feed.pictures import shown

# Readers ask again after a while whatever we say. What was removed is out of the caches of others within the hour.
FEED_KEPT, PICTURE_KEPT = "public, max-age=300", "public, max-age=3600"

bp = Blueprint("publishing_feed", __name__)


@bp.get("/feeds/<int:account_id>/atom.xml")
@public
def atom(account_id: int) -> ResponseReturnValue:
    page = Page.of(account_id, _before())
    return _feed(page, as_atom(page), TYPE)


@bp.get("/feeds/<int:account_id>/feed.json")
@public
def json(account_id: int) -> ResponseReturnValue:
    page = Page.of(account_id, _before())
    return _feed(page, as_json(page), JSON_TYPE)


@bp.get("/feeds/<int:account_id>/entries/<uuid:key>")
@public
def entry(account_id: int, key: object) -> ResponseReturnValue:
    found = FeedEntry.seen(account_id, str(key))
    told = Told(found, shown(found.pictures), Addresses.here(account_id))
    html = Markup(told.html)  # noqa: S704 -- made by `words.as_html`, which escapes what people wrote
    return render_template("publishing/feed_entry.html", entry=found, html=html)


@bp.get("/feeds/<int:account_id>/entries/<uuid:key>/pictures/<int:number>")
@public
def picture(account_id: int, key: object, number: int) -> ResponseReturnValue:
    found = FeedEntry.seen(account_id, str(key))
    file = next((each.file for each in shown(found.pictures) if each.number == number), None)
    if file is None:
        raise NotFound(_("There is no such picture."))
    response = file_response(file)
    response.headers["Cache-Control"] = PICTURE_KEPT
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # readers that are web pages show it, too
    return response


def _before() -> int | None:
    """The entry whose older ones are asked for. Raises NotFound for what is none."""
    asked = request.args.get("before")
    if asked is None:
        return None
    before = row_id(asked)
    if not before:
        raise NotFound(_("There is no such entry."))
    return before


def _feed(page: Page, content: bytes, type: str) -> Response:  # noqa: A002
    response = Response(content, content_type=f"{type}; charset=utf-8")
    response.headers["Cache-Control"] = FEED_KEPT
    response.last_modified = page.changed_at
    response.add_etag()
    return cast("Response", response.make_conditional(request))
