"""The JSON API of what a post will look like, and of what was done to send it."""

from itertools import repeat
from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host import Utc, api_blueprint, current_user
from plugins.publishing.attempt import Attempt
from plugins.publishing.composer import Composer
from plugins.publishing.platform import Preview, Room
from plugins.publishing.post import Post
from plugins.publishing.tab import Tab

NO_WORDS = Preview(())

bp = api_blueprint(
    "publishing_preview_api", __name__, url_prefix="/posts/<int:id>", description="What would be sent, and what was"
)


class StretchSchema(Schema):
    text = fields.Str()
    url = fields.Str(metadata={"description": "Where it leads; empty for nowhere"})


class PreviewPartSchema(Schema):
    used = fields.Int(metadata={"description": "In the network's own count"})
    most = fields.Int()
    wire = fields.Int(allow_none=True, metadata={"description": "As it is sent, where that is counted too"})
    over = fields.Bool()
    stretches = fields.List(fields.Nested(StretchSchema), metadata={"description": "From the bytes that would be sent"})
    warning = fields.Str(metadata={"description": "A content warning that hides the text"})


class PostPreviewSchema(Schema):
    network = fields.Str()
    title = fields.Str()
    problems = fields.List(fields.Str(), metadata={"description": "Why it would not be taken, a sentence each"})
    cost = fields.Decimal(as_string=True, allow_none=True, metadata={"description": "What it charges, in US dollars"})
    parts = fields.List(fields.Nested(PreviewPartSchema))


class AttemptSchema(Schema):
    id = fields.Int()
    target_id = fields.Int(attribute="part.target_id")
    network = fields.Str(attribute="part.target.platform")
    handle = fields.Str(attribute="part.target.connection.handle")
    part = fields.Int(attribute="part.number", metadata={"description": "Of the thread, from 0"})
    sent_at = Utc()
    ended_at = Utc(allow_none=True)
    outcome = fields.Str(metadata={"description": "Empty while it is being made"})
    why = fields.Str(allow_none=True)
    key = fields.Str(attribute="part.key", metadata={"description": "By which the network knows a second request"})
    sha256 = fields.Str(attribute="part.sha256", allow_none=True, metadata={"description": "Of the bytes"})


@bp.route("/preview")
class PreviewResource(MethodView):
    @bp.response(200, PostPreviewSchema(many=True))
    def get(self, id: int) -> list[dict[str, Any]]:  # noqa: A002
        """What people will read on each network, with counts and problems."""
        return [_seen(tab) for tab in Composer(Post.one_of(current_user, id), current_user).tabs]


@bp.route("/attempts")
class Attempts(MethodView):
    @bp.response(200, AttemptSchema(many=True))
    def get(self, id: int) -> list[Attempt]:  # noqa: A002
        """Each time that some of it was sent, in that order."""
        targets = Post.one_of(current_user, id).targets
        found = [attempt for target in targets for part in target.parts for attempt in part.attempts]
        return sorted(found, key=lambda attempt: attempt.id)


def _seen(tab: Tab) -> dict[str, Any]:
    """Without parts where its plugin failed, without words where it goes to no account there."""
    previews = [*tab.previews, *repeat(NO_WORDS, len(tab.parts) - len(tab.previews))]
    both = zip(tab.parts, previews, strict=True)
    parts = [{**_room(part.room), **_words(preview)} for part, preview in both if part.room]
    network = tab.network
    return {
        "network": network.name,
        "title": network.title,
        "problems": tab.problems,
        "cost": tab.charge,
        "parts": parts,
    }


def _room(room: Room) -> dict[str, Any]:
    return {"used": room.used, "most": room.most, "wire": room.wire, "over": room.over}


def _words(preview: Preview) -> dict[str, Any]:
    return {"stretches": [{"text": text, "url": url} for text, url in preview.stretches], "warning": preview.warning}
