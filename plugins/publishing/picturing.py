"""The pictures of a post: brought, taken away, and looked at by those who may see the post."""

from typing import IO, BinaryIO, cast

from sqlalchemy import func, select

from host import File, Invalid, NotFound, User, _, db
from plugins.publishing import telling
from plugins.publishing.drafting import require_author
from plugins.publishing.medium import Medium
from plugins.publishing.post import Post


def add(post: Post, stream: IO[bytes], name: str, by: User, *, part: int = 0) -> Medium:
    """Put it behind the others. Raises Invalid (`file`) for what cannot be taken in, TooLate."""
    _require_open(post, by)
    file = File.keep(cast("BinaryIO", stream), name, by)
    if not file.is_picture:
        raise Invalid({"file": [_("%(name)s is no picture.", name=file.name)]})
    medium = Medium(file=file, part=min(max(part, 0), len(post.texts) - 1), position=_behind(post))
    post.media.append(medium)
    db.session.flush()
    _changed(post)
    return medium


def remove(medium: Medium, by: User) -> None:
    """Raises TooLate."""
    post = medium.post
    _require_open(post, by)
    post.media.remove(medium)
    db.session.flush()
    forget(medium.file)
    _changed(post)


def forget(file: File) -> None:
    """Unless another post shows it: copies of a post share its files."""
    if db.session.scalar(select(func.count()).select_from(Medium).filter_by(file_id=file.id)) == 0:
        file.remove()


def one_of(post: Post, id: int) -> Medium:  # noqa: A002
    """Raises NotFound."""
    found = next((each for each in post.media if each.id == id), None)
    if found is None:
        raise NotFound(_("There is no such picture."))
    return found


def seen_by(person: User, id: int) -> Medium:  # noqa: A002
    """Raises NotFound for one of a post that they may not see."""
    found = select(Medium).join(Medium.post).where(Medium.id == id, Post.seen_by(person))
    medium = db.session.scalars(found).first()
    if medium is None:
        raise NotFound(_("There is no such picture."))
    return medium


def _require_open(post: Post, by: User) -> None:
    require_author(post, by)
    for target in post.targets:
        target.require_still()


def _behind(post: Post) -> int:
    return max((each.position for each in post.media), default=-1) + 1


def _changed(post: Post) -> None:
    post.changed()
    telling.show_post(post)
    db.session.flush()
