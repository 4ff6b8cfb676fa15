"""Pictures: known by their first bytes, believed once they have been read to the end."""

import re
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple

from PIL import ExifTags, Image

from host.errors import Invalid
from host.i18n import _

# What every browser shows; SVG is none of them, for it may hold scripts.
FIRST_BYTES: Mapping[str, re.Pattern[bytes]] = {
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "image/avif": re.compile(rb"....ftypavi[fs]", re.DOTALL),
}
PICTURES = frozenset(FIRST_BYTES)
LONGEST_BEGINNING = 12  # bytes

MOST_PIXELS = 50_000_000  # some 200 MB once it is unpacked
SMALL = 8  # a JPEG may be read at an eighth of its size, which is much quicker
ON_ITS_SIDE = (5, 6, 7, 8)  # as cameras note it (Exif 2.3, 4.6.4)


class Size(NamedTuple):
    """As people see it: a camera may have noted that it was held upright."""

    width: int
    height: int


def picture_type(content: BinaryIO) -> str | None:
    """The media type of a picture that browsers show; None for anything else."""
    beginning = content.read(LONGEST_BEGINNING)
    content.seek(0)
    return next((known for known, first in FIRST_BYTES.items() if first.match(beginning)), None)


def measured(content: BinaryIO, type: str) -> Size:  # noqa: A002
    """Read it once as a whole; of one that moves, the first picture. Raises Invalid for one that is broken, cut off,
    or so large once unpacked that it would fill the memory."""
    try:
        with _opened(content, type) as picture:
            picture.verify()  # each part against its checksum
        with _opened(content, type) as picture:
            size = _size(picture)
            picture.draft(None, (picture.width // SMALL, picture.height // SMALL))
            picture.load()
    except (Invalid, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except Exception as error:  # Pillow's readers raise whatever a broken file makes them stumble over
        raise Invalid({"file": [_("This picture is broken. Save it anew, then try again.")]}) from error
    finally:
        content.seek(0)
    return size


def _opened(content: BinaryIO, type: str) -> Image.Image:  # noqa: A002
    """What it says of itself, nothing unpacked yet."""
    content.seek(0)
    picture = Image.open(content, formats=[type.removeprefix("image/").upper()])
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large()
    return picture


def _size(picture: Image.Image) -> Size:
    width, height = picture.size
    return Size(height, width) if _orientation(picture) in ON_ITS_SIDE else Size(width, height)


def _orientation(picture: Image.Image) -> int | None:
    """A note that cannot be read is none: browsers show such a picture all the same."""
    try:
        return picture.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # noqa: BLE001 -- as above
        return None


def _too_large() -> Invalid:
    most = MOST_PIXELS // 1_000_000
    return Invalid({"file": [_("A picture has at most %(n)s million pixels. Make it smaller.", n=most)]})
