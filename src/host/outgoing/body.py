"""The body of an answer, up to a limit: the limit counts what is unpacked, so no small answer becomes a large one."""

import zlib
from collections.abc import Iterable, Iterator

import httpcore

GZIP = zlib.MAX_WBITS | 16


class TooMany(Exception):  # noqa: N818
    """Bytes."""


def limited(parts: Iterable[bytes], most: int) -> Iterator[bytes]:
    """The parts as they come. Raises TooMany as soon as they are more bytes."""
    size = 0
    for part in parts:
        size += len(part)
        if size > most:
            raise TooMany
        yield part


def unpacked(parts: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Out of gzip, at most `most + 1` bytes at a time. Raises RemoteProtocolError for what is none, or not whole."""
    unpacking = zlib.decompressobj(GZIP)
    for part in parts:
        while part:
            try:
                yield unpacking.decompress(part, most + 1)
            except zlib.error as error:
                raise httpcore.RemoteProtocolError("no gzip") from error
            part = unpacking.unconsumed_tail
    if not unpacking.eof:
        raise httpcore.RemoteProtocolError("gzip that breaks off")
