"""Static files: addresses that name their content, kept for good, and nothing else from the disk."""

import re
from hashlib import sha256

import pytest
from flask import Flask

from host import Account, templating
from host.testing import sign_in
from host.web import assets

VENDORED = re.compile(r"^ +([0-9a-f]{64})  (vendor/\S+)$", re.MULTILINE)


@pytest.fixture
def plugin_folder(tmp_path):
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "queue.css").write_text("@layer pages {}")
    return folder


@pytest.fixture
def app(plugin_folder):
    made = Flask("static", static_folder=None)
    assets.register(made, {"recurring": plugin_folder})
    return made


@pytest.fixture
def client(app):
    return app.test_client()


def url(app, name):
    return app.jinja_env.globals["static_url"](name)


def test_a_file_is_kept_for_good(app, client):
    answer = client.get(url(app, "js/app.js"))
    assert answer.status_code == 200
    control = answer.cache_control
    assert (control.public, control.immutable, control.max_age, control.no_cache) == (True, True, 365 * 24 * 3600, None)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("css/tokens.css", "text/css; charset=utf-8"),
        ("js/app.js", "text/javascript; charset=utf-8"),
        ("icons.svg", "image/svg+xml"),
        ("fonts/commissioner-latin.woff2", "font/woff2"),
    ],
)
def test_a_file_says_what_it_is(app, client, name, kind):
    assert client.get(url(app, name)).headers["Content-Type"] == kind


def test_another_digest_is_not_found(app, client):
    assert client.get(url(app, "js/app.js").replace("/static/", "/static/0")).status_code == 404


@pytest.mark.parametrize("name", ["no.css", "../config.py", "css/../../config.py", "%2e%2e/config.py", "css", ""])
def test_nothing_else_is_served(app, client, name):
    folder = url(app, "icons.svg").removesuffix("icons.svg")
    assert client.get(folder + name).status_code == 404


def test_the_digest_follows_the_content(app, plugin_folder):
    before = url(app, "icons.svg")
    (plugin_folder / "queue.css").write_text("@layer pages { .plots { gap: 0 } }")
    other = Flask("static", static_folder=None)
    assets.register(other, {"recurring": plugin_folder})
    assert url(other, "icons.svg") != before
    assert url(app, "icons.svg") == before


def test_a_plugin_has_its_own_place(app, client):
    address = app.jinja_env.globals["plugin_static_url"]("recurring", "queue.css")
    assert address.endswith("/plugins/recurring/queue.css")
    assert client.get(address).data == b"@layer pages {}"


def test_a_misspelt_name_fails_where_it_is_written(app):
    with pytest.raises(LookupError, match=r"no static file css/ap\.css"):
        url(app, "css/ap.css")


def test_the_style_sheet_comes_whole(app, client):
    sheet = client.get(url(app, "css/app.css")).text
    assert "@import" not in sheet
    assert sheet.index("@layer tokens, base, parts, pages, narrow, print;") < sheet.index("@layer tokens {")
    for part in (assets.STATIC / "css").glob("*.css"):
        if part.name != "app.css":
            assert part.read_text() in sheet, part.name


def test_style_sheets_ask_only_for_files_that_are_there():
    for sheet in (assets.STATIC / "css").glob("*.css"):
        for address in re.findall(r"url\(([^)]+)\)", sheet.read_text()):
            assert (sheet.parent / address).is_file(), address


def test_scripts_import_only_files_that_are_there():
    for script in (assets.STATIC / "js").glob("*.js"):
        for address in re.findall(r"from '(\./[^']+)'|import '(\./[^']+)'", script.read_text()):
            assert (script.parent / "".join(address)).is_file(), address


def test_templates_name_only_files_that_are_there(app):
    for template in templating.folder().rglob("*.html"):
        for name in re.findall(r"[^_]static_url\(['\"]([^'\"]+)['\"]\)", template.read_text()):
            assert url(app, name), template


def test_vendored_files_are_the_ones_that_were_written_down():
    text = (templating.folder().parent / "docs" / "dependencies.md").read_text()
    written = {name: digest for digest, name in VENDORED.findall(text)}
    assert set(written) == {f"vendor/{each.name}" for each in (assets.STATIC / "vendor").glob("*.js")}
    for name, digest in written.items():
        assert sha256((assets.STATIC / name).read_bytes()).hexdigest() == digest


@pytest.mark.sqlite_only("a file asks no database")
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_file_comes_without_a_cookie_so_that_it_is_kept(make_app, signed_in):
    program = make_app(plugins=[])
    browser = program.test_client()
    if signed_in:
        sign_in(browser, Account.open("Meadow", owner_name="Ada Field", email="ada@example.org"))
    answer = browser.get(url(program, "css/app.css"))
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers
