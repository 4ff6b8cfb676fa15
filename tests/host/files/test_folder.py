"""The folder in which contents lie."""

import os
from hashlib import sha256
from io import BytesIO
from threading import Barrier, Thread

import pytest

from host.clock import now
from host.errors import Fault, NotFound
from host.files.folder import Folder
from tests.host.files.conftest import stored

PEAR = sha256(b"a pear").hexdigest()


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "files")


class Breaking(BytesIO):
    """Comes to an end before its end."""

    def read(self, size=-1):
        if self.tell() > 0:
            raise KeyboardInterrupt
        return super().read(2)


def test_what_is_put_is_found_by_its_key(folder):
    kept = folder.put(BytesIO(b"a pear"))
    assert (kept.key, kept.sha256, kept.size) == (PEAR, PEAR, 6)
    with folder.open(kept.key) as content:
        assert content.read() == b"a pear"
    assert list(folder.keys()) == [PEAR]
    assert stored(folder) == [folder.path / PEAR[:2] / PEAR[2:4] / PEAR]


def test_it_is_kept_from_where_the_stream_stands(folder):
    stream = BytesIO(b"not a pear")
    stream.seek(4)
    assert folder.put(stream).key == PEAR


def test_the_same_takes_no_room_twice(folder):
    first = folder.put(BytesIO(b"a pear"))
    [place] = stored(folder)
    before = place.stat().st_ino
    assert folder.put(BytesIO(b"a pear")) == first
    assert [path.stat().st_ino for path in stored(folder)] == [before]


def test_what_was_damaged_is_mended_by_who_brings_it_again(folder):
    folder.put(BytesIO(b"a pear"))
    [place] = stored(folder)
    place.write_bytes(b"a p")
    folder.put(BytesIO(b"a pear"))
    assert place.read_bytes() == b"a pear"


def test_nobody_else_on_the_machine_may_read_it(folder):
    folder.put(BytesIO(b"a pear"))
    assert {path.stat().st_mode & 0o077 for path in [folder.path, *stored(folder)]} == {0}


def test_what_breaks_off_leaves_nothing(folder):
    with pytest.raises(KeyboardInterrupt):
        folder.put(Breaking(b"a pear"))
    assert stored(folder) == []


def test_what_a_crash_left_behind_is_forgotten_after_a_while(folder, travel):
    folder.put(BytesIO(b"a pear"))
    left = folder.path / "0123456789abcdef.part"
    left.write_bytes(b"a p")
    travel(minutes=1)
    folder.forget_unfinished(now().replace(year=2020))
    assert left.exists()
    folder.forget_unfinished(now())
    assert [path.name for path in stored(folder)] == [PEAR]
    assert list(folder.keys()) == [PEAR]


def test_deleting_twice_is_deleting(folder):
    folder.put(BytesIO(b"a pear"))
    folder.delete(PEAR)
    folder.delete(PEAR)
    assert list(folder.keys()) == []
    with pytest.raises(NotFound, match="no longer here"):
        folder.open(PEAR)


@pytest.mark.parametrize("key", ["", "../../fallow.db", "/etc/passwd", PEAR.upper(), PEAR[:-1], f"{PEAR}\n", "a\0b"])
def test_a_path_from_outside_is_no_key(folder, key):
    folder.put(BytesIO(b"a pear"))
    for ask in (folder.open, folder.delete):
        with pytest.raises(NotFound):
            ask(key)
    assert list(folder.keys()) == [PEAR]


def test_what_else_lies_there_is_no_content(folder):
    folder.put(BytesIO(b"a pear"))
    (folder.path / "README").write_text("hands off")
    (folder.path / PEAR[:2] / PEAR[2:4] / "Thumbs.db").write_text("x")
    (folder.path / PEAR[:2] / "notes.txt").write_text("x")
    assert list(folder.keys()) == [PEAR]
    assert list(Folder(folder.path / "nowhere").keys()) == []


def test_two_at_once_store_one_whole_thing(folder):
    content, ready = os.urandom(3_000_000), Barrier(8)
    kept = []

    def put():
        ready.wait()
        kept.append(folder.put(BytesIO(content)))

    threads = [Thread(target=put) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(kept)) == 1
    assert [path.read_bytes() for path in stored(folder)] == [content]


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(Fault, match="folder of files cannot be used"):
        Folder(tmp_path / "files").put(BytesIO(b"a pear"))
