"""Taking all posts that a person may see out of a space."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from host import User, db
from plugins.publishing.finding import posts_of
from plugins.publishing.post import Post
from plugins.publishing.posts_schemas import WHOLE
from plugins.publishing.transfer import as_csv, as_json


@dataclass(frozen=True)
class Kind:
    filename: str
    mimetype: str
    dump: Callable[[Sequence[Post]], str]


KINDS: Mapping[str, Kind] = {
    "csv": Kind("posts.csv", "text/csv", as_csv.dump),
    "json": Kind("posts.json", "application/json", as_json.dump),
}


def exported(person: User, kind: Kind) -> bytes:
    """In UTF-8, the first written first."""
    found = posts_of(person).order_by(None).order_by(Post.id).options(*WHOLE)
    return kind.dump(db.session.scalars(found).all()).encode()
