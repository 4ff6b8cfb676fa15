"""What Telegram takes as photos (core.telegram.org/bots/api#sendphoto)."""

from collections.abc import Iterator, Sequence

from host import _
from plugins.publishing.platform import Picture

MOST = 10
LARGEST = 10_000_000  # bytes
LONGEST_SIDES = 10_000  # width and height together
MOST_SLENDER = 20  # times as long as wide
# Ours: they go with the post in one request, which is kept until Telegram has said what became of it.
LARGEST_TOGETHER = 20_000_000
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def problems(pictures: Sequence[Picture]) -> Iterator[str]:
    for each in pictures:
        if each.width + each.height > LONGEST_SIDES:
            most = f"{LONGEST_SIDES:,}"
            yield _("On Telegram width and height of %(name)s are at most %(n)s together.", name=each.name, n=most)
        elif max(each.width, each.height) > MOST_SLENDER * min(each.width, each.height):
            yield _("%(name)s is too slender for Telegram.", name=each.name)
    if sum(each.size for each in pictures) > LARGEST_TOGETHER:
        yield _("Pictures for Telegram have at most %(n)s MB together.", n=LARGEST_TOGETHER // 1_000_000)
