"""What one's settings would have made of yesterday."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from host import Card, User, db, now
from host.testing import Client
from plugins.notifications.models import Notification
from plugins.notifications.pace import Pace
from plugins.notifications.preferences import SETTINGS, Preferences
from plugins.notifications.reasons import Reason
from plugins.notifications.yesterday import Yesterday


@pytest.fixture
def happened(card: Card, owner: User) -> Callable[..., None]:
    """`happened("09:10", "09:20")`: so much was told to Ada at these hours of yesterday in Tokyo, where she lives."""
    owner.zone = "Asia/Tokyo"

    def tell(*hours: str) -> None:
        day = (now().astimezone(owner.timezone) - timedelta(days=1)).date()
        for number, hour in enumerate(hours):
            at = datetime.combine(day, time.fromisoformat(hour), owner.timezone)
            made = {"kind": "comment_created", "reason": Reason.WATCHING, "key": f"{hour} {number}", "updated_at": at}
            db.session.add(Notification(user_id=owner.id, **made))
        db.session.commit()

    return tell


def of(person: User, pace: Pace) -> Yesterday:
    theirs = Preferences.kept(person)
    theirs.pace = pace
    found = Yesterday.of(theirs)
    assert found is not None
    return found


def test_a_quiet_day_has_no_picture(owner: User) -> None:
    assert Yesterday.of(Preferences.of(owner)) is None


def test_things_go_into_the_bundle_whose_window_they_fall_into(owner: User, happened: Callable[..., None]) -> None:
    happened("00:00", "09:10", "09:20", "09:39", "09:40", "23:50")
    shown = of(owner, Pace.HALF_HOUR)
    assert [(f"{sent.at:%H:%M}", sent.things) for sent in shown.sent] == [("00:30", 1), ("09:40", 3), ("10:10", 1)]
    assert (shown.dots[0], shown.dots[1], shown.bundles) == (0, 213.9, 4)
    assert shown.words == "Yesterday, 6 things would have reached you as 4 notes."


def test_few_hours_gather_more(owner: User, happened: Callable[..., None]) -> None:
    happened("09:10", "09:59", "10:00", "12:00")
    assert [(f"{sent.at:%H:%M}", sent.things) for sent in of(owner, Pace.FEW_HOURS).sent] == [
        ("10:00", 2),
        ("13:00", 2),
    ]


def test_never_leaves_all_of_it_to_the_bell(owner: User, happened: Callable[..., None]) -> None:
    happened("09:10")
    assert of(owner, Pace.NEVER).words == "Yesterday, 1 thing would have been in the bell alone."


def test_it_stands_in_the_settings(happened: Callable[..., None], client: Client) -> None:
    happened("09:10")
    page = client.get(SETTINGS).text
    assert 'aria-label="Yesterday, 1 thing would have reached you as one note."' in page
