"""What a post says where it is out or on its way: that stays, whatever becomes of the rest."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plugins.publishing.post import Post
    from plugins.publishing.target import Target

Variants = Mapping[str, Mapping[str, Any]]


def kept(post: "Post", texts: Sequence[str], variants: Variants) -> Variants:
    """The variants that it gets beside these shared texts: a network that has it, or is about to, keeps what it said,
    from now on as words of its own. Nobody takes up the others before this transaction ends. Raises TooLate where what
    is out would change, or nothing else is left to say it."""
    held = fixed_of(post)
    new = {**variants}
    for target in held:
        new |= _as_it_went(post, target, texts, variants.get(target.platform))
    if _is_all(post, held) and (list(texts) != post.texts or new != _variants_of(post)):
        raise held[0].too_late()
    return new


def require_rest(post: "Post") -> None:
    """Raise TooLate where all of it is on its way or out."""
    held = fixed_of(post)
    if _is_all(post, held):
        raise held[0].too_late()


def words_kept(post: "Post", texts: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """By network: what somebody who types these shared texts leaves as it is."""
    if list(texts) == post.texts:
        return {}
    return {each.platform: list(post.texts_for(each.platform)) for each in post.targets if each.is_fixed}


def fixed_of(post: "Post") -> Sequence["Target"]:
    """As the database says now; all are in our hands until the transaction ends."""
    for target in post.targets:
        target.hold_still()
    return [target for target in post.targets if target.is_fixed]


def _is_all(post: "Post", held: Sequence["Target"]) -> bool:
    return bool(held) and len(held) == len(post.targets)


def _as_it_went(post: "Post", target: "Target", texts: Sequence[str], given: Mapping[str, Any] | None) -> Variants:
    """Its network's variant; none where the shared words and nothing else will do. Raises TooLate."""
    standing = post.variant(target.platform)
    said, options = list(post.texts_for(target.platform)), dict(standing.options) if standing else {}
    wanted = list(given.get("texts") or ()) if given else []
    if given is not None and (wanted not in ([], said) or dict(given.get("options") or {}) != options):
        raise target.too_late()
    is_own = bool(wanted) or (standing is not None and bool(standing.texts)) or list(texts) != post.texts
    own = said if is_own else []
    return {target.platform: {"texts": own, "options": options}} if own or options else {}


def _variants_of(post: "Post") -> Variants:
    return {each.platform: {"texts": each.texts, "options": each.options} for each in post.variants}
