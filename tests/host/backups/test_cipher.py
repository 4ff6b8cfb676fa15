"""Under a passphrase: back as it was, or not at all."""

import json
from io import BytesIO

import pytest

from host.backups import cipher
from host.errors import Fault
from tests.host.backups.conftest import PASSPHRASE

SEALED_PART = 100 + cipher.TAG


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(cipher, "PART", 100)


def sealed(plain, passphrase=PASSPHRASE):
    """The two lines, and the parts."""
    target = BytesIO()
    cipher.seal(BytesIO(plain), target, passphrase)
    magic, head, rest = target.getvalue().split(b"\n", 2)
    return magic + b"\n" + head + b"\n", [rest[at : at + SEALED_PART] for at in range(0, len(rest), SEALED_PART)]


def opened(head, parts, passphrase=PASSPHRASE):
    target = BytesIO()
    cipher.unseal(BytesIO(head + b"".join(parts)), target, passphrase)
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, 200, 350])
def test_it_comes_back_as_it_was(size):
    plain = bytes(number % 251 for number in range(size))
    assert opened(*sealed(plain)) == plain


def test_the_same_is_never_sealed_the_same():
    assert sealed(b"a pear")[1] != sealed(b"a pear")[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts[:-1],
        lambda parts: parts[:1],
        lambda parts: [parts[1], parts[0], *parts[2:]],
        lambda parts: [parts[0], parts[0], *parts[1:]],
        lambda parts: parts[1:],
        lambda parts: [*parts, parts[-1]],
        lambda parts: [*parts[:-1], parts[-1][:-1]],
        lambda parts: [],
    ],
    ids=["last left out", "only the first", "swapped", "twice", "first left out", "more", "one byte less", "none"],
)
@pytest.mark.parametrize("size", [300, 350])
def test_parts_that_were_cut_off_moved_or_changed_are_refused(change, size):
    head, parts = sealed(bytes(size))
    with pytest.raises(Fault):
        opened(head, change(parts))


def test_parts_of_another_file_are_refused():
    head, parts = sealed(bytes(300))
    _other, foreign = sealed(bytes(300))
    with pytest.raises(Fault, match="cut off or changed"):
        opened(head, [parts[0], foreign[1], parts[2]])


@pytest.mark.parametrize(
    "change", [{"n": 3}, {"n": 2**40}, {"r": 0}, {"p": 99}, {"salt": "x"}, {"prefix": "00"}, {"n": None}]
)
def test_a_head_that_asks_for_too_much_or_makes_no_sense_is_refused(change):
    head, parts = sealed(b"a pear")
    told = json.loads(head.split(b"\n")[1]) | change
    with pytest.raises(Fault, match="cut off or changed"):
        opened(cipher.MAGIC + json.dumps(told).encode() + b"\n", parts)


def test_a_head_that_was_changed_but_makes_sense_is_refused():
    head, parts = sealed(b"a pear")
    with pytest.raises(Fault):
        opened(head.replace(b'"p": 1', b'"p":  1'), parts)
