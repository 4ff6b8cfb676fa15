"""What each service is sent, as its own documents say, and what is refused before anybody is asked."""

import pytest

from host import Invalid, db
from plugins.notifications.apprise_services import SERVICES
from plugins.notifications.channel_kinds import ChannelFault, Message, kinds
from tests.http_server import answer

pytestmark = pytest.mark.sqlite_only("no database is asked")

TOKEN = "123456789:" + "AAbb-_" * 6
NEWS = Message("2 new things", 'Ink & <b>paper</b>: "@everyone" come', "https://fallow.example/notifications")


@pytest.fixture
def service(allow, names, http_server, trusted):
    """service("api.telegram.org", answer(200)): a server that this process takes for it."""

    def begin(name, *answers):
        allow("127.0.0.1/32")
        server = http_server(*answers, tls=trusted(name))
        names(**{name: [[("127.0.0.1", server.port)]]})
        return server

    return begin


@pytest.fixture
def sent(app):
    """sent("slack", address="…"): have the service sent the news, outside of any transaction."""

    def send(kind, news=NEWS, **typed):
        service = kinds()[kind]
        db.session.commit()
        service.send(service.read(typed), news)

    return send


def test_telegram(sent, service):
    server = service("api.telegram.org", answer(200, b'{"ok": true}'))
    sent("telegram", token=TOKEN, chat="-1001234")
    [asked] = server.received
    assert (asked.method, asked.path) == ("POST", f"/bot{TOKEN}/sendMessage")
    assert asked.json["chat_id"] == "-1001234"
    assert asked.json["text"] == f"{NEWS.title}\n{NEWS.text}\n\n{NEWS.url}"


def test_a_long_text_is_cut_where_telegram_would_refuse_it(sent, service):
    server = service("api.telegram.org", answer(200))
    sent("telegram", NEWS._replace(text="x" * 9000), token=TOKEN, chat="1")
    text = server.received[0].json["text"]
    assert (len(text), text.endswith(NEWS.url)) == (4096, True)


def test_ntfy(sent, service):
    server = service("ntfy.sh", answer(200))
    sent("ntfy", topic="fallow-7Qx", token="tk_abc")
    [asked] = server.received
    assert (asked.path, asked.headers["authorization"]) == ("/", "Bearer tk_abc")
    assert asked.json == {"topic": "fallow-7Qx", "title": NEWS.title, "message": NEWS.text, "click": NEWS.url}


def test_ntfy_on_a_server_of_ones_own(sent, allow, http_server):
    allow("127.0.0.1/32")
    server = http_server(answer(200))
    sent("ntfy", topic="beds", server=server.url())
    assert "authorization" not in server.received[0].headers


def test_slack(sent, service):
    server = service("hooks.slack.com", answer(200, b"ok"))
    sent("slack", address="https://hooks.slack.com/services/T0/B0/x")
    assert server.received[0].json["text"] == (
        f'*{NEWS.title}*\nInk &amp; &lt;b&gt;paper&lt;/b&gt;: "@everyone" come\n{NEWS.url}'
    )


def test_discord(sent, service):
    server = service("discord.com", answer(204))
    sent("discord", address="https://discord.com/api/webhooks/1/x")
    asked = server.received[0].json
    assert asked["content"] == f"**{NEWS.title}**\n{NEWS.text}\n{NEWS.url}"
    assert asked["allowed_mentions"] == {"parse": []}


def test_another_one_by_apprise(sent, http_server, monkeypatch):
    """Pushover, with its host led to a server of ours."""
    server = http_server(answer(200, b'{"status": 1}', content_type="application/json"))
    monkeypatch.setattr(SERVICES["pover"], "notify_url", server.url("/1/messages.json"))
    sent("other", address=f"pover://{'u' * 30}@{'t' * 30}")
    [asked] = server.received
    assert asked.path == "/1/messages.json"
    assert b"2+new+things" in asked.body or b"2 new things" in asked.body


@pytest.mark.parametrize(("status", "lasting"), [(401, True), (400, True), (429, False), (500, False)])
def test_what_apprise_says_of_a_failure(sent, http_server, monkeypatch, status, lasting):
    server = http_server(answer(status, b"{}"))
    monkeypatch.setattr(SERVICES["pover"], "notify_url", server.url())
    with pytest.raises(ChannelFault, match=str(status)) as refused:
        sent("other", address=f"pover://{'u' * 30}@{'t' * 30}")
    assert refused.value.lasting is lasting


@pytest.mark.parametrize(
    ("status", "lasting"),
    [*((code, True) for code in (301, 400, 401, 403, 404, 410)), *((code, False) for code in (408, 429, 500, 503))],
)
def test_what_an_answer_means(sent, allow, http_server, status, lasting):
    allow("127.0.0.1/32")
    with pytest.raises(ChannelFault, match=str(status)) as refused:
        sent("slack", address=http_server(answer(status)).url())
    assert refused.value.lasting is lasting


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("telegram", {"token": "nonsense", "chat": "1"}, "token"),
        ("telegram", {"token": f"{TOKEN}/../x", "chat": "1"}, "token"),
        ("telegram", {"token": TOKEN, "chat": "me"}, "chat"),
        ("ntfy", {"topic": "a/b"}, "topic"),
        ("ntfy", {"topic": "a", "server": "http://127.0.0.1"}, "server"),
        ("ntfy", {"topic": "a", "token": "tk\r\nX: y"}, "token"),
        ("slack", {"address": "https://me:pw@hooks.slack.com/x"}, "address"),
        ("discord", {"address": "http://169.254.169.254/latest"}, "address"),
    ],
)
def test_what_cannot_be_right_names_its_field(app, kind, typed, field):
    with pytest.raises(Invalid) as refused:
        kinds()[kind].read(typed)
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize(
    "address",
    [
        "json://10.0.0.1", "xml://127.0.0.1", "form://localhost", "mailto://a:b@example.org", "mailtos://x", "dbus://",
        "gnome://", "windows://", "macosx://", "syslog://", "apprise://127.0.0.1/x", "matrix://a:b@127.0.0.1",
        "gotify://127.0.0.1/x", "ntfy://127.0.0.1/x", "fcm://p@k/#t?keyfile=/etc/passwd", "vapid://x", "https://x", "",
        "pover", "://", "POVERX://a@b", "https://outlook.office.com/webhook/x",
    ],
)  # fmt: skip
def test_apprise_is_for_services_with_hosts_of_their_own_alone(app, address):
    with pytest.raises(Invalid) as refused:
        kinds()["other"].read({"address": address})
    assert list(refused.value.errors) == ["address"]


@pytest.mark.parametrize("address", ["pover://", "zulip://x", f"pover://{'u' * 30}@{'t' * 30}?verify=no"])
def test_an_address_for_apprise_is_whole_and_has_no_options(app, address):
    with pytest.raises(Invalid):
        kinds()["other"].read({"address": address})


@pytest.mark.parametrize("schema", SERVICES)
def test_no_service_that_is_let_through_names_a_host_or_a_file(schema):
    """What Apprise itself says of them, so that a newer one that asks for more is noticed."""
    asked = set(SERVICES[schema].template_tokens)
    assert not asked & {"host", "port", "path", "fullpath", "hostname", "url", "server", "keyfile", "schema_host"}
    assert not SERVICES[schema].protocol


def test_nobody_is_asked_while_it_is_entered(app, names):
    asked = names()
    kinds()["slack"].read({"address": "https://hooks.slack.com/services/x"})
    kinds()["ntfy"].read({"topic": "beds"})
    assert asked == []
    db.session.rollback()
