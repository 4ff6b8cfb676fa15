"""The whole JSON API of publishing."""

from plugins.publishing import (
    connections_api,
    media_api,
    posts_api,
    preview_api,
    schedule_api,
    targets_api,
)

BLUEPRINTS = [each.bp for each in (connections_api, posts_api, targets_api, schedule_api, preview_api, media_api)]
