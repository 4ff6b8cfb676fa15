"""Where a browser may be told: at its maker's push service, by keys that are some."""

import pytest

from host import Invalid
from plugins.notifications.push_address import PushAddress
from plugins.notifications.push_browser import browser_name
from tests.plugins.notifications.push_service import PushService, text

pytestmark = pytest.mark.sqlite_only("no database is asked")
GIVEN = PushService(None).given


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def", "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://wns2-par02p.notify.windows.com/w/?token=abc", "https://web.push.apple.com/QH4m",
        "https://FCM.googleapis.com/fcm/send/x", "https://fcm.googleapis.com:443/fcm/send/x",
    ],
)  # fmt: skip
def test_push_services_of_browsers(app, endpoint):
    assert PushAddress.read(**{**GIVEN, "endpoint": endpoint}).endpoint == endpoint


@pytest.mark.parametrize(
    "endpoint",
    [
        "", "fcm.googleapis.com", "http://fcm.googleapis.com/x", "https://peer.example/x", "https://127.0.0.1/x",
        "https://fcm.googleapis.com.peer.example/x", "https://evilfcm.googleapis.com/x", "https://[::1]/x",
        "https://fcm.googleapis.com@peer.example/x", "https://me:pw@fcm.googleapis.com/x", "https://[/x",
        "https://evilpush.apple.com.example/x", "https://notify.windows.com.example/", "https://xpush.apple.com/x",
        "https://fcm.googleapis.com:8443/x", "https://fcm.googleapis.com:x/", "ftp://fcm.googleapis.com/x",
        "https://peer.example\\.push.apple.com/x", "https://fcm.googleapis.com/" + "x" * 2000,
    ],
)  # fmt: skip
def test_other_places(app, endpoint):
    with pytest.raises(Invalid) as refused:
        PushAddress.read(**{**GIVEN, "endpoint": endpoint})
    assert list(refused.value.errors) == ["endpoint"]


@pytest.mark.parametrize("key", ["", "x", "é", "A" * 87, text(b"\x04" + bytes(64)), "A" * 100_000])
def test_what_is_no_key(app, key):
    with pytest.raises(Invalid) as refused:
        PushAddress.read(GIVEN["endpoint"], key, key)
    assert list(refused.value.errors) == ["p256dh", "auth"]


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/18.0 Safari/605", "Safari on macOS"),
        ("curl/8.5", "A browser"),
        ("", "A browser"),
    ],
)
def test_what_a_browser_is_called(app, user_agent, name):
    assert browser_name(user_agent) == name
