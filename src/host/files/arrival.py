"""A file as it comes in: held aside, counted and named by its content, until it is known to be fit."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from host.errors import Invalid
from host.i18n import _

PART = 1024 * 1024  # bytes
IN_MEMORY = PART


@dataclass(frozen=True)
class Arrival:
    """`content` stands at its beginning."""

    content: BinaryIO
    size: int  # bytes
    sha256: str


@contextmanager
def arriving(stream: BinaryIO, most: int) -> Iterator[Arrival]:
    """Read it to its end, whatever was said of its length. Raises Invalid for more than `most` megabytes, as soon as
    they are more, and for nothing at all."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        content = cast("BinaryIO", spool)
        digest, size = sha256(), 0
        while part := stream.read(PART):
            size += len(part)
            if size > most * PART:
                raise Invalid({"file": [_("A file has at most %(n)s MB.", n=most)]})
            digest.update(part)
            content.write(part)
        if not size:
            raise Invalid({"file": [_("This file is empty.")]})
        content.seek(0)
        yield Arrival(content, size, digest.hexdigest())
