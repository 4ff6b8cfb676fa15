"""A status as an instance counts and shows it; not by our rules, but by its own."""

import re
from html import escape

import regex

URL = re.compile(r"https?://[^\s<>]*[^\s<>.,:;!?)]")
MENTION = re.compile(r"(?<![\w/])@(\w+)(?:@([\w.-]*\w))?")
TAG = re.compile(r"(?<![\w/&])#(\w*[^\W\d]\w*)")
TOKEN = re.compile(f"({URL.pattern})|{MENTION.pattern}|{TAG.pattern}")


def length(text: str, per_url: int) -> int:
    counted = MENTION.sub(r"@\1", URL.sub("x" * per_url, text))
    return len(regex.findall(r"\X", counted))


def shown(text: str) -> str:
    """HTML: a paragraph for each block, addresses shortened to the eye."""
    blocks = re.split(r"\n{2,}", text.strip())
    return "".join(f"<p>{_linked(block)}</p>" for block in blocks if block)


def _linked(block: str) -> str:
    made, read = "", 0
    for found in TOKEN.finditer(block):
        made += _plain(block[read : found.start()]) + _link(found)
        read = found.end()
    return made + _plain(block[read:])


def _link(found: re.Match[str]) -> str:
    url, name, host, tag = found.groups()
    if url:
        scheme, _sep, rest = url.partition("://")
        seen, hidden = escape(rest[:30]), escape(rest[30:])
        return (
            f'<a href="{escape(url)}" target="_blank" rel="nofollow noopener" translate="no">'
            f'<span class="invisible">{scheme}://</span><span class="{"ellipsis" if hidden else ""}">{seen}</span>'
            f'<span class="invisible">{hidden}</span></a>'
        )
    if tag:
        href = f"https://here.example/tags/{tag}"
        return f'<a href="{href}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'
    if host and host.startswith("nowhere."):  # nobody is found there
        return escape(found[0])
    page = f"https://{host or 'here.example'}/@{name}"
    return f'<span class="h-card"><a href="{page}" class="u-url mention">@<span>{name}</span></a></span>'


def _plain(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br />")
