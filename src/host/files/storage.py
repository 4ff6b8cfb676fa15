"""Where the contents of files lie: behind one small interface, so that another place can take the folder's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol


@dataclass(frozen=True)
class Stored:
    """Contents are known by what they are: `key` is their SHA-256, in hexadecimal."""

    key: str
    size: int  # bytes

    @property
    def sha256(self) -> str:
        return self.key


class Storage(Protocol):
    """All of it raises Fault where the place is full, gone or closed to us. A key that is no SHA-256 is known nowhere;
    nothing that comes from outside ever becomes a path."""

    def put(self, stream: BinaryIO) -> Stored:
        """Keep the content, from where the stream stands to its end; afterwards it outlives a power cut. What is there
        already takes no room a second time."""

    def open(self, key: str) -> BinaryIO:
        """The content, to be read and closed. Raises NotFound."""

    def delete(self, key: str) -> None:
        """From now on it is not there, also where it never was."""

    def keys(self) -> Iterator[str]:
        """All there is, in no promised order; what is put or deleted meanwhile may be left out."""

    def forget_unfinished(self, before: datetime) -> None:
        """Throw away what a `put` left behind that began before then and never ended."""
