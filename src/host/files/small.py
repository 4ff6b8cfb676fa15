"""Pictures made small enough for a page, in a job."""

from io import BytesIO

from PIL import Image, ImageOps

from host.db import db
from host.files.file import File
from host.plugging.tasks import task

LARGEST = (800, 600)  # pixels: the widest place for one is 720
LIGHT = 150_000  # bytes; what is no larger and fits needs no small one
QUALITY = 82


@task("host.small_picture")
def make_small(attachment_id: int) -> None:
    """Of a card's picture; twice makes one."""
    from host.models.attachment import Attachment

    attachment = db.session.get(Attachment, attachment_id, with_for_update={"of": Attachment})
    if attachment is None or attachment.small or _fits(attachment.file):
        return
    file = attachment.file
    attachment.small = File.keep(_shrunk(file), file.name, file.by_or_system)


def _fits(file: File) -> bool:
    width, height = LARGEST
    return file.size <= LIGHT and (file.width or 0) <= width and (file.height or 0) <= height


def _shrunk(file: File) -> BytesIO:
    """Upright, as a camera meant it; of one that moves, the first picture."""
    with file.open() as content, Image.open(content) as picture:
        picture.draft("RGB", LARGEST)
        upright = ImageOps.exif_transpose(picture)
        small = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        small.thumbnail(LARGEST)
        small.save(written := BytesIO(), "WEBP", quality=QUALITY)
    written.seek(0)
    return written
