"""Files as answers: what a browser may show, keep and ask for."""

import io

import pytest
from werkzeug.exceptions import RequestEntityTooLarge

from host.db import db
from host.files import File
from host.web.files import file_response
from host.web.login import current_user


@pytest.fixture
def app(make_app):
    """A program with a page of files, as a plugin or an attachment would have it."""
    app = make_app(plugins=(), strict=True)

    @app.get("/probe/<int:id>")
    def show(id):  # noqa: A002
        return file_response(db.session.get_one(File, id))

    @app.post("/probe")
    def take():
        from flask import request

        sent = request.files["file"]
        file = File.keep(sent.stream, sent.filename, current_user)
        db.session.commit()
        return str(file.id)

    return app


@pytest.fixture
def get(client):
    """`get(file)`: the answer for it."""

    def ask(file, method="GET", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.open(f"/probe/{file.id}", method=method, headers=named, buffered=True)

    return ask


def test_a_picture_is_shown(keep, picture, get):
    content = picture("PNG")
    answer = get(keep(content, "pear.png"))
    assert (answer.status_code, answer.data, answer.content_type) == (200, content, "image/png")
    assert answer.headers["Content-Disposition"] == "inline; filename=pear.png"
    assert answer.content_length == len(content)


@pytest.mark.parametrize(
    "content", [b"<script>alert(1)</script>", b"<svg onload='alert(1)'/>", b"%PDF-1.7", b"\x7fELF" + bytes(60), b"hi"]
)
def test_anything_else_is_handed_over_to_be_saved(keep, get, content):
    answer = get(keep(content, "pear.png"))
    assert answer.headers["Content-Disposition"] == "attachment; filename=pear.png"
    assert answer.content_type not in ("text/html", "image/svg+xml")


def test_nothing_in_it_runs_whatever_it_is(keep, picture, get):
    for content in (b"<script>alert(1)</script>", picture("GIF")):
        headers = get(keep(content)).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ('a "pear".txt', r'attachment; filename="a \"pear\".txt"'),
        ("pear\r\nX-Evil: 1", 'attachment; filename="pear X-Evil: 1"'),
        ("Grüße 🍐.txt", "attachment; filename=\"Grue .txt\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%F0%9F%8D%90.txt"),
    ],
)
def test_the_name_stays_a_name(keep, get, name, told):
    answer = get(keep(name=name))
    assert answer.headers["Content-Disposition"] == told
    assert "X-Evil" not in answer.headers


def test_a_browser_keeps_it_and_asks_again_for_nothing(keep, get):
    file = keep()
    first = get(file)
    assert first.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert first.headers["ETag"] == f'"{file.sha256}"'
    assert "Set-Cookie" not in first.headers
    assert "Cookie" not in first.headers.get("Vary", "")
    again = get(file, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")


def test_a_part_of_it_may_be_asked_for(keep, get):
    answer = get(keep(b"a pear and a plum"), Range="bytes=2-5")
    assert (answer.status_code, answer.data) == (206, b"pear")
    assert answer.headers["Content-Range"] == "bytes 2-5/17"
    assert get(keep(), Range="bytes=100-").status_code == 416


def test_its_head_alone_may_be_asked_for(keep, get):
    answer = get(keep(), "HEAD")
    assert (answer.status_code, answer.data, answer.content_length) == (200, b"", 6)


def test_what_is_gone_from_the_storage_is_not_found(keep, folder, get):
    file = keep()
    folder.delete(file.sha256)
    answer = get(file)
    assert answer.status_code == 404
    assert "What this file held is no longer here." in answer.text


def test_a_file_that_is_sent_is_taken_in(client, picture):
    sent = {"file": (io.BytesIO(picture("PNG")), "../pear.png", "text/html")}
    answer = client.post("/probe", data=sent)
    file = db.session.get(File, int(answer.text))
    assert (file.name, file.type, file.by.name) == ("pear.png", "image/png", "Ada Field")


def test_what_says_that_it_is_huge_is_not_read(client, folder, app):
    class Untouched(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, _buffer):
            raise AssertionError("somebody read it")

    said = {"CONTENT_LENGTH": str(10 * 1024**3), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = client.post("/probe", environ_overrides={**said, "wsgi.input": Untouched()})
    assert answer.status_code == RequestEntityTooLarge.code
    assert "That is too large to take in." in answer.text
    assert not folder.path.exists()


def test_what_is_refused_says_so_beside_the_field(client, folder):
    answer = client.post("/probe", data={"file": (io.BytesIO(b""), "empty.png")})
    assert answer.status_code == 422
    assert "This file is empty." in answer.text
    assert not folder.path.exists()
