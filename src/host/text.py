"""The one way from what people write (Markdown) to what a page shows: rendered, then cleaned."""

from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

# Raw HTML in the source is shown as text; nh3 then lets through only what Markdown can make.
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False}).enable(
    ["table", "strikethrough"]
)


def _picture(_renderer: object, tokens: Sequence[Token], at: int, _options: object, _env: object) -> str:
    picture = tokens[at]
    return Markup('<a href="{}">{}</a>').format(picture.attrs["src"], picture.content or picture.attrs["src"])


_markdown.add_render_rule("image", _picture)

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}


def rendered(source: str) -> Markup:
    """Markdown as safe HTML. Pictures become links: nothing is loaded from elsewhere."""
    clean = nh3.clean(
        _markdown.render(source),
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(clean)  # noqa: S704 -- the only place where HTML made from what people wrote is trusted


def plain(source: str) -> str:
    """The words alone, on one line, for a notification or a search result."""
    return " ".join(Markup(_markdown.render(source)).striptags().split())  # noqa: S704 -- all tags are taken out again
