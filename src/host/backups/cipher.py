"""A file under a passphrase: scrypt makes the key, AES-256-GCM seals one megabyte after the other.

The format: the line `FALLOW BACKUP 1`, a line of JSON (`salt` and `prefix` in hexadecimal, `n`, `r`, `p` of scrypt),
then the parts, each with its tag of 16 bytes. The nonce of a part is the prefix (7 bytes), its number (4 bytes, from 0)
and whether it is the last (1 byte): so none can be left out, moved or cut off (STREAM, Hoang and others 2015). Both
lines belong to what each tag covers.
"""

import json
import os
from collections.abc import Callable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from host.errors import Fault, Invalid
from host.i18n import _

MAGIC = b"FALLOW BACKUP 1\n"
PART, TAG = 1024 * 1024, 16  # bytes
SALT, PREFIX = 16, 7  # bytes
N, R, P = 2**17, 8, 1  # 128 MB and half a second for each guess (OWASP's recommendation)
MOST_N, MOST_R, MOST_P = 2**20, 16, 4  # that a file may ask of us
LONGEST_HEAD = 500
SHORTEST = 10  # characters of a passphrase


def is_sealed(stream: BinaryIO) -> bool:
    """Whether it begins like one; it stands at its beginning afterwards."""
    begins = stream.read(len(MAGIC)) == MAGIC
    stream.seek(0)
    return begins


def checked_passphrase(passphrase: str) -> str:
    """Raises Invalid (`passphrase`) for one that is soon guessed."""
    if len(passphrase) < SHORTEST:
        raise Invalid({"passphrase": [_("Use at least %(n)s characters.", n=SHORTEST)]})
    return passphrase


def seal(source: BinaryIO, target: BinaryIO, passphrase: str) -> None:
    salt, prefix = os.urandom(SALT), os.urandom(PREFIX)
    head = json.dumps({"salt": salt.hex(), "prefix": prefix.hex(), "n": N, "r": R, "p": P}).encode() + b"\n"
    target.write(MAGIC + head)
    cipher = AESGCM(_key(passphrase, salt, N, R, P))
    sealing = _parts(source, PART)
    target.writelines(
        cipher.encrypt(_nonce(prefix, number, last=last), part, MAGIC + head) for number, part, last in sealing
    )


def unseal(source: BinaryIO, target: BinaryIO, passphrase: str) -> None:
    """Raises Fault for another passphrase, and for a file that was cut or changed."""
    source.read(len(MAGIC))
    head = source.readline(LONGEST_HEAD)
    salt, prefix, n, r, p = _read(head)
    cipher = AESGCM(_key(passphrase, salt, n, r, p))
    for number, part, last in _parts(source, PART + TAG):
        try:
            target.write(cipher.decrypt(_nonce(prefix, number, last=last), part, MAGIC + head))
        except InvalidTag as error:
            first = _("The passphrase does not fit, or the file was changed.")
            raise Fault(first if number == 0 else _("This backup was cut off or changed.")) from error


def _read(head: bytes) -> tuple[bytes, bytes, int, int, int]:
    """Raises Fault."""
    try:
        told = json.loads(head)
        salt, prefix = bytes.fromhex(told["salt"]), bytes.fromhex(told["prefix"])
        n, r, p = (int(told[name]) for name in "nrp")
    except (ValueError, TypeError, KeyError) as error:
        raise Fault(_("This backup was cut off or changed.")) from error
    fits = 1 < n <= MOST_N and n & (n - 1) == 0 and 0 < r <= MOST_R and 0 < p <= MOST_P and len(prefix) == PREFIX
    if not fits:
        raise Fault(_("This backup was cut off or changed."))
    return salt, prefix, n, r, p


def _key(passphrase: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=n, r=r, p=p).derive(passphrase.encode())


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _parts(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """(number, part, whether it is the last); an empty file has one that is empty."""
    read: Callable[[], bytes] = lambda: source.read(size)  # noqa: E731
    part, number = read(), 0
    while True:
        following = read()
        yield number, part, not following
        if not following:
            return
        part, number = following, number + 1
