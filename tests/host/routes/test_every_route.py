"""Every address there is, of the host and of all plugins, asked by everybody about everything: nothing breaks, nobody
learns of what they may not know of, and nothing is changed by what is refused. New addresses are among them."""

from urllib.parse import quote

from tests.host.routes.conftest import OF_ALL, SHARED, listed
from tests.host.routes.forms import queries
from tests.host.routes.odd import IN_PATHS, IN_QUERIES, TEXTS
from tests.host.routes.resources import bodies

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
FORM = "application/x-www-form-urlencoded"
BODIES = (
    ("application/json", b'{"title": "x", "name": "x", "body": "x"}'),
    ("application/json", b"[" * 10_000),
    ("text/plain", b"title=x"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a\0"; filename="\r\n'),
    (f"{FORM}; charset=utf-16", "title=x".encode("utf-16")),
)
ODD = {
    "HX-Current-URL": "http://[",
    "Referer": "//[",
    "User-Agent": "\xff" * 1000,
    "If-None-Match": '"',
    "If-Modified-Since": "now",
    "Range": "bytes=9-1,-,x",
    "Accept": "/;q=x",
    "Accept-Language": "\xff",
    "Idempotency-Key": "\x7f",
    "X-Forwarded-For": "x, 999.1.1.1",
}
HEADERS = (ODD, {**ODD, "HX-Request": "true", "HX-Current-URL": "/boards/1?tag=%00&after=%ff&view=" + "9" * 5000})
# No backup was made, nothing was published, a small picture needs no smaller one, and nobody came back from a network.
NOT_THERE = {
    "attachments.small",
    "backups.confirm",
    "backups.download",
    "publishing_feed.atom",
    "publishing_feed.entry",
    "publishing_feed.json",
    "publishing_feed.picture",
    "publishing_visits.back",
}
# For everybody, or for whoever has the link.
OPEN = {
    "joins.create",
    "joins.new",
    "launch.show",
    "notifications_leaving.leave",
    "notifications_leaving.ask",
    "publicboards.card",
    "publicboards.column",
    "publicboards.show",
    "publishing_feed.atom",
    "publishing_feed.entry",
    "publishing_feed.json",
    "publishing_feed.picture",
    "sessions.create",
    "sessions.new",
    "themes.update",
    "webhooks.schema",
    "welcome.create",
    "welcome.show",
}


def test_all_that_addresses_name_is_known_here(everywhere, world):
    unknown = {str(each): noun for each in everywhere for noun in each.nouns if noun not in world.adas}
    assert listed(unknown) == ""
    assert len(everywhere) > 300


def test_everything_of_ones_own_is_there(everywhere, world, sandbox, broke):
    """Else the others here would be told of what is not there for another reason."""
    missing = {}
    for each in everywhere:
        if each.method == "GET" and each.endpoint not in NOT_THERE:
            answer = world.ada("GET", each.about(world.adas))
            if answer.status_code >= 400:
                missing[str(each)] = answer.status_code
    assert listed(missing) == ""


def test_odd_addresses_break_nothing(everywhere, world, sandbox, broke):
    met = {}
    for raw in IN_PATHS:
        for each in everywhere:
            if each.nouns:
                answer = world.ada.raw(each.method, each.with_each("\0").encode().replace(b"\0", raw))
                met[f"{each} {raw[:20]!r}"] = broke(answer) or (answer.status_code >= 400 and sandbox.written)
                sandbox.renew()
    assert listed(met) == ""


def test_odd_words_in_an_address_break_nothing(everywhere, world, sandbox, broke):
    words = queries(world.app, world.ada, world.adas)
    assert {"tag", "after", "day"} <= words
    met = {}
    for odd in IN_QUERIES:
        for each in everywhere:
            if each.method == "GET" and not each.is_api:
                query = "&".join(f"{word}={quote(TEXTS[odd][:5000])}" for word in sorted(words))
                met[f"{each} {odd}"] = broke(world.ada("GET", f"{each.about(world.adas)}?{query}"))
    assert listed(met) == ""


def about_others(everywhere, mine, theirs, shared=frozenset()):
    """(address, path): each thing that an address names in turn is another's, and the rest is one's own."""
    for each in everywhere:
        for noun in each.nouns:
            if theirs[noun] != mine[noun] and noun not in shared:
                yield each, noun, each.about({**mine, noun: theirs[noun]})


# Who has the link may read, and come in; whoever has the address of a feed may read it.
BY_LINK = {"boards/key", "join/key", "launch/token", "leave/token", "feeds", "columns/key", "columns/column"}


def test_what_is_anothers_is_not_there(everywhere, document, world, sandbox):
    least = bodies(document)
    met, tried = {}, 0
    for theirs, shared in ((world.eves, {"jobs"}), (world.bens, OF_ALL)):
        for each, noun, path in about_others(everywhere, world.adas, theirs, BY_LINK | shared):
            answer = world.ada(each.method, path, json=least.get(str(each)) or None)
            tried += 1
            if answer.status_code != 404 or sandbox.written or theirs["word"] in answer.text:
                met[f"{each} {noun}"] = (answer.status_code, sandbox.written[:1])
            sandbox.renew()
    assert listed(met) == ""
    assert tried > 400


def test_a_member_changes_nothing_that_is_refused(everywhere, world, sandbox, broke):
    met = {}
    for each in everywhere:
        path = each.about({**world.adas, **{noun: world.bens[noun] for noun in SHARED}})
        answer = world.ben(each.method, path)
        met[str(each)] = broke(answer) or (answer.status_code >= 400 and sandbox.written)
        sandbox.renew()
    assert listed(met) == ""


def test_a_stranger_is_asked_who_they_are(everywhere, world, sandbox):
    met = {}
    for each in everywhere:
        answer = world.nobody(each.method, each.about(world.adas))
        asked = answer.status_code == 401 or (answer.location or "").startswith("/session/new")
        if each.endpoint not in OPEN and (not asked or sandbox.written):
            met[str(each)] = answer.status_code
        sandbox.renew()
    assert listed(met) == ""


def test_another_method_is_refused(everywhere, world, sandbox):
    known = world.app.url_map.bind("localhost")
    for each in everywhere:
        path = each.about(world.adas)
        allowed = {*known.allowed_methods(path)}
        for method in METHODS - allowed:
            answer = world.ada(method, path)
            assert answer.status_code == 405, (method, path)
            assert {*answer.headers["Allow"].split(", ")} == allowed
    assert sandbox.written == []


def test_another_kind_of_body_breaks_nothing(everywhere, world, sandbox, broke):
    met = {}
    for kind, body in BODIES:
        for each in everywhere:
            if each.method != "GET":
                answer = world.ada(each.method, each.about(world.adas), data=body, content_type=kind)
                met[f"{each} {kind} {body[:20]!r}"] = broke(answer) or (answer.status_code >= 400 and sandbox.written)
                sandbox.renew()
    assert listed(met) == ""


def test_odd_headers_break_nothing(everywhere, world, sandbox, broke):
    met = {}
    for each in everywhere:
        for headers in HEADERS:
            answer = world.ada(each.method, each.about(world.adas), headers=headers)
            met[f"{each} {headers}"] = broke(answer)
            sandbox.renew()
    assert listed(met) == ""


def test_too_much_is_refused(everywhere, world, sandbox):
    body = b"title=" + b"x" * (3 * 1024 * 1024)
    for each in everywhere:
        if each.method == "POST" and not each.is_api:
            answer = world.ada("POST", each.about(world.adas), data=body, content_type=FORM)
            assert answer.status_code == 413, each
    assert sandbox.written == []

