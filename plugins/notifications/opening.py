"""Opening a bundle for whoever is told something and has none open."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import insert, select

from host import db, now, schedule
from plugins.notifications.bundle import Bundle, State
from plugins.notifications.delivery import deliver_bundles
from plugins.notifications.preferences import Preferences


def open_bundles(preferences: Collection[Preferences]) -> Mapping[int, Bundle]:
    """The open bundle of each of these people who want any, by their id, made where there is none. The people's rows
    are held, so nobody else opens or closes one of theirs."""
    wanting = {each.user.id: each for each in preferences if each.bundles}
    found = _open(wanting)
    if missing := wanting.keys() - found.keys():
        at = now()
        windows = [(user_id, wanting[user_id].window_end(at)) for user_id in sorted(missing)]
        db.session.execute(insert(Bundle), [_opened(user_id, at, ends_at) for user_id, ends_at in windows])
        for ends_at in {ends_at for _user, ends_at in windows}:  # one job for all that end together
            schedule(deliver_bundles, at=ends_at, key=ends_at.isoformat())
        found = _open(wanting)
    return found


def _opened(user_id: int, at: datetime, ends_at: datetime) -> dict[str, object]:
    return {"user_id": user_id, "state": State.OPEN, "starts_at": at, "ends_at": ends_at}


def _open(people: Collection[int]) -> dict[int, Bundle]:
    """Index: uq_notifications_bundle_open."""
    open_ones = select(Bundle).where(Bundle.user_id.in_(people), Bundle.state == State.OPEN)
    return {bundle.user_id: bundle for bundle in db.session.scalars(open_ones)}
