"""The one way from what people write (Markdown) to what a page shows: rendered, then cleaned."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from host import text_mentions, text_numbers, text_tasks
from host.i18n import _

# Raw HTML in the source is shown as text; nh3 then lets through only what Markdown can make.
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False}).enable(
    ["table", "strikethrough"]
)


class Drawn(Protocol):
    """A picture of ours: where it is shown from, where it is whole, and how large what is shown is."""

    @property
    def url(self) -> str: ...
    @property
    def full(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


def _picture(_renderer: object, tokens: Sequence[Token], at: int, _options: object, env: Mapping[str, Any]) -> str:
    """Those that are known are shown, any other is a link."""
    picture = tokens[at]
    known: Drawn | None = env.get("pictures", {}).get(picture.attrs["src"])
    if known is not None:
        image = Markup('<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">').format(
            known.url, picture.content, known.width, known.height
        )
        return Markup('<a href="{}">{}</a>').format(known.full, image)
    return Markup('<a href="{}">{}</a>').format(picture.attrs["src"], picture.content or picture.attrs["src"])


def _mention(_renderer: object, tokens: Sequence[Token], at: int, _options: object, env: Mapping[str, Any]) -> str:
    """Somebody who is not known is what was written, and no more."""
    token = tokens[at]
    name = env.get("known", {}).get(token.meta["handle"])
    if name is None:
        return token.content  # letters, digits and hyphens
    return Markup('<span class="mention" title="{}">{}</span>').format(name, token.content)


def _number(_renderer: object, tokens: Sequence[Token], at: int, _options: object, env: Mapping[str, Any]) -> str:
    """A card that is not known, or not to this reader, is what was written, and no more."""
    token = tokens[at]
    title = env.get("cards", {}).get(token.meta["number"])
    if title is None:
        return token.content  # a sign and digits
    return Markup('<a href="/cards/{}" title="{}">{}</a>').format(token.meta["number"], title, token.content)


def _task(_renderer: object, tokens: Sequence[Token], at: int, _options: object, _env: object) -> str:
    done = tokens[at].meta["done"]
    state, name = (Markup(" checked"), _("Done")) if done else ("", _("To do"))
    return Markup('<input type="checkbox" disabled{} aria-label="{}"> ').format(state, name)


_markdown.add_render_rule("image", _picture)
_markdown.add_render_rule("mention", _mention)
_markdown.add_render_rule("number", _number)
_markdown.add_render_rule("task", _task)
text_mentions.teach(_markdown)
text_numbers.teach(_markdown)
text_tasks.teach(_markdown)

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "input", "li", "ol",
    "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"type", "disabled", "checked", "aria-label"},
    "ol": {"start"},
    "span": {"title"},
}
SCHEMES = {"http", "https", "mailto"}


def rendered(
    source: str,
    known: Mapping[str, str] | None = None,
    pictures: Mapping[str, Drawn] | None = None,
    cards: Mapping[int, str] | None = None,
) -> Markup:
    """Markdown as safe HTML. Pictures become links, for nothing is loaded from elsewhere; `pictures` by address are
    those of ours that are shown. `known` are the names of people by their handles; of the handles in the text, only
    these are shown as people. `cards` are the titles of those that the reader may see, by number: `#12` leads there."""
    clean = nh3.clean(
        _markdown.render(source, {"known": known or {}, "pictures": pictures or {}, "cards": cards or {}}),
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes={"span": {"mention"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(clean)  # noqa: S704 -- the only place where HTML made from what people wrote is trusted


def plain(source: str) -> str:
    """The words alone, on one line, for a notification or a search result."""
    return " ".join(Markup(_markdown.render(source)).striptags().split())  # noqa: S704 -- all tags are taken out again


def handles_in(source: str) -> list[str]:
    """The handles that the text names, each once, as they come: not those in code, in links or in addresses, and at
    most `MOST_MENTIONED`."""
    env: dict[str, Any] = {}
    if "@" in source:
        _markdown.parse(source, env)
    return list(env.get("handles", ()))
