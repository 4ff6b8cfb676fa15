"""Taking a file in: what is refused, and what is known of it afterwards."""

import zipfile
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from host.db import db
from host.errors import Invalid
from host.files import File
from host.files.picture import MOST_PIXELS
from tests.host.files.conftest import stored

MB = 1024 * 1024
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp", "AVIF": "image/avif"}


class Endless(BytesIO):
    """As much as anybody reads."""

    given = 0

    def read(self, size=-1):
        assert size > 0
        self.given += size
        return bytes(size)


@pytest.fixture
def limit(app):
    """`limit(1)`: the installation takes files of so many megabytes."""
    fallow = app.extensions["fallow"]
    before = fallow.config

    def most(megabytes):
        fallow.config = replace(before, largest_file=megabytes)

    yield most
    fallow.config = before


def chunk(name, data):
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)


def bomb(width, height):
    """A small PNG that unpacks to very much."""
    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\0\0\0"
    rows = zlib.compress(bytes(10_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zipped():
    with zipfile.ZipFile(written := BytesIO(), "w") as archive:
        archive.writestr("evil.html", "<script>alert(1)</script>")
    return written.getvalue()


def refused(keep, content, name="x", folder=None):
    with pytest.raises(Invalid) as refusal:
        keep(content, name)
    if folder:
        assert stored(folder) == []
    return refusal.value.errors


def test_a_file_is_whose_it_is(keep, owner):
    file = keep(b"a pear", "pear.txt")
    db.session.commit()
    db.session.expire_all()
    assert (file.account_id, file.by_id, file.name, file.size) == (owner.account_id, owner.id, "pear.txt", 6)
    assert (file.type, file.width, file.height, file.is_picture) == ("text/plain", None, None, False)
    assert file.read() == file.reader() == b"a pear"
    with file.open() as content:
        assert content.read(3) == b"a p"


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_is_known_by_its_bytes_and_measured(keep, picture, kind):
    file = keep(picture(kind, 31, 22), "holiday.txt")
    assert (file.type, file.width, file.height, file.is_picture) == (FORMATS[kind], 31, 22, True)


def test_a_picture_that_moves_is_a_picture(keep, picture):
    still = [Image.open(BytesIO(picture())) for _ in range(3)]
    assert keep(picture("GIF", save_all=True, append_images=still)).type == "image/gif"


def test_a_picture_taken_upright_is_measured_as_people_see_it(keep, picture):
    note = Image.Exif()
    note[0x0112] = 6
    file = keep(picture("JPEG", 300, 200, exif=note))
    assert (file.width, file.height) == (200, 300)


def test_a_note_of_the_camera_that_is_garbage_spoils_nothing(keep, picture):
    content = picture("JPEG", exif=b"Exif\0\0" + b"\xff" * 40)
    assert keep(content).width == 30


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7\n1 0 obj", "application/pdf"),
        (b"BMW is a car", "text/plain"),
        ("Grüße, 世界".encode(), "text/plain"),
        (b"x" * 8191 + "ü".encode(), "text/plain"),  # cut in two where we stop looking
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "text/plain"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "text/plain"),
        (b"\x7fELF" + bytes(60), "application/x-executable"),
        (bytes(range(256)), "application/octet-stream"),
        (b"text\0with a NUL", "application/octet-stream"),
        (b"\0", "application/octet-stream"),
    ],
)
def test_other_types_are_found_in_the_bytes(keep, content, found):
    assert keep(content, "picture.png").type == found


def test_an_archive_that_calls_itself_a_picture_is_an_archive(keep):
    file = keep(zipped(), "holiday.png")
    assert (file.type, file.is_picture) == ("application/zip", False)


def test_nothing_is_no_file(keep, folder):
    assert refused(keep, b"", folder=folder) == {"file": ["This file is empty."]}


@pytest.mark.parametrize(("size", "fits"), [(MB, True), (MB + 1, False)])
def test_a_file_has_no_more_than_the_installation_allows(keep, folder, limit, size, fits):
    limit(1)
    if fits:
        assert keep(bytes(size)).size == size
    else:
        assert refused(keep, bytes(size), folder=folder) == {"file": ["A file has at most 1 MB."]}


def test_of_what_never_ends_no_more_is_read_than_needed(owner, folder, limit):
    limit(1)
    stream = Endless()
    with pytest.raises(Invalid):
        File.keep(stream, "endless", owner)
    assert stream.given <= 2 * MB
    assert stored(folder) == []


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_picture_that_was_cut_off_is_refused(keep, picture, folder, kind, part):
    whole = picture(kind, 200, 200)
    errors = refused(keep, whole[: int(len(whole) * part)], "x.png", folder)
    assert errors == {"file": ["This picture is broken. Save it anew, then try again."]}


@pytest.mark.parametrize("content", [b"\xff\xd8\xff", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8 "])
def test_first_bytes_alone_are_no_picture(keep, folder, content):
    assert "broken" in refused(keep, content, folder=folder)["file"][0]
    assert "broken" in refused(keep, content + b"<script>alert(1)</script>" * 9, folder=folder)["file"][0]


def test_a_changed_byte_is_found(keep, picture, folder):
    content = bytearray(picture("PNG", 200, 200))
    content[len(content) // 2] ^= 0xFF
    assert "broken" in refused(keep, bytes(content), folder=folder)["file"][0]


@pytest.mark.parametrize(("width", "height"), [(100_000, 100_000), (2**31 - 1, 2**31 - 1), (7072, 7072)])
def test_what_would_fill_the_memory_is_not_unpacked(keep, folder, width, height):
    assert width * height > MOST_PIXELS
    assert "at most 50 million pixels" in refused(keep, bomb(width, height), folder=folder)["file"][0]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../../etc/passwd", "passwd"),
        (r"D:\pictures\pear.txt", "pear.txt"),
        ("..", "file"),
        ("", "file"),
        ("a/", "file"),
        (" . ", "file"),
        ("pear\r\nSet-Cookie: x=1.txt", "pear Set-Cookie: x=1.txt"),
        ("pear\0.txt", "pear.txt"),
        ("gnp.\u202etxt", "gnp.txt"),
        (".gitignore", ".gitignore"),
        ("Grüße 🍐.txt", "Grüße 🍐.txt"),
        ("x" * 300 + ".jpeg", "x" * 195 + ".jpeg"),
        ("x." + "y" * 300, ("x." + "y" * 300)[:200]),
    ],
)
def test_a_name_is_fit_to_be_shown_and_saved_under(keep, given, name):
    assert keep(name=given).name == name
