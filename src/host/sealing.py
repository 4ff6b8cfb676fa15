"""Secrets of other services, kept encrypted: `encrypt` and `decrypt`, and a column that does it by itself.

The first key encrypts, each of them decrypts, so that a key can be changed without losing what an older one sealed.
Why a file and no keyring: docs/decisions/0014-where-the-key-lies.md.
"""

import base64
from collections.abc import Sequence
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from host.errors import Fault
from host.i18n import _

PURPOSE = b"fallow: secrets at rest"  # part of each key: a change of it would make every secret unreadable


class WrongKey(Fault):
    """None of our keys fits."""

    def __init__(self) -> None:
        super().__init__(_("This secret was encrypted with another key."))


class LostSecret(str):
    """What a `Sealed` column gives where no key of ours fits: an empty text, so a page goes on as if nothing had been
    entered. It remembers what is stored, so saving the row again loses nothing, and an older key brings it back."""

    __slots__ = ("sealed",)

    sealed: str

    def __new__(cls, sealed: str) -> "LostSecret":
        lost = super().__new__(cls)
        lost.sealed = sealed
        return lost


class Sealed(TypeDecorator[str]):
    """A column that is encrypted in the database and plain text in Python. It cannot be searched: the same text is
    encrypted differently each time. Where no key fits its value is a `LostSecret`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        if value is None or isinstance(value, LostSecret):
            return value.sealed if value is not None else None
        return encrypt(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        try:
            return None if value is None else decrypt(value)
        except WrongKey:
            return LostSecret(str(value))

    def compare_values(self, x: object, y: object) -> bool:
        """An empty text that somebody enters in the place of a lost secret is a change."""
        return x == y and isinstance(x, LostSecret) == isinstance(y, LostSecret)


def encrypt(text: str) -> str:
    """The text as it may be stored: in letters, digits, `-`, `_` and `=`; about a third longer and 100 characters."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(sealed: str) -> str:
    """The text. Raises WrongKey when none of our keys fits, or somebody changed what was stored."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise WrongKey from error


def reseal(sealed: str, others: Sequence[str]) -> str:
    """The same text so that our keys open it: as it is where they do, else sealed anew if one of these others opens it.
    Raises WrongKey."""
    try:
        decrypt(sealed)
    except WrongKey:
        if not others:
            raise
        return _by(_made_of(tuple(others)), sealed)
    return sealed


def _by(theirs: MultiFernet, sealed: str) -> str:
    try:
        return encrypt(theirs.decrypt(sealed.encode()).decode())
    except InvalidToken as error:
        raise WrongKey from error


def _keys() -> MultiFernet:
    return _made_of(current_app.extensions["fallow"].config.encryption_key)


@cache
def _made_of(given: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(each))) for each in given])


def _derived(given: str) -> bytes:
    """32 bytes out of a text that is hard to guess."""
    return HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(given.encode())
