"""Where Markdown names people: the step of the parser that makes `@ada` a token of its own.

It works on what the parser has found to be plain words, so code, addresses and `\\@ada` stay what they are.
"""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from host.handles import named

MOST_MENTIONED = 50  # people in one text: who means more of them means the board
BREAKS = frozenset({"softbreak", "hardbreak"})


def teach(markdown: MarkdownIt) -> None:
    """Let it find mentions. `env["handles"]` then holds their handles, as they come."""
    # Before escaped characters become words again: an escaped sign names nobody.
    markdown.core.ruler.before("text_join", "mentions", _find)


def _find(state: StateCore) -> None:
    handles: dict[str, None] = state.env.setdefault("handles", {})
    for block in state.tokens:
        if block.type == "inline" and block.children and "@" in block.content:
            block.children = list(_with_mentions(block.children, handles))


def _with_mentions(tokens: Sequence[Token], handles: dict[str, None]) -> Iterator[Token]:
    """The words of a link are where it leads, not whom it speaks to."""
    links, before = 0, ""
    for token in tokens:
        links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not links:
            yield from _split(token, before, handles)
        else:
            yield token
        before = " " if token.type in BREAKS else token.content[-1:] or before


def _split(token: Token, before: str, handles: dict[str, None]) -> Iterator[Token]:
    """The token's words and the mentions between them; `before` is the character that stands before it."""
    text, done = before + token.content, len(before)
    for found in named(text):
        handle = found["handle"].lower()
        if found.start() < done or (handle not in handles and len(handles) >= MOST_MENTIONED):
            continue
        handles[handle] = None
        yield from _words(text[done : found.start()], token.level)
        yield Token("mention", "", 0, content=found[0], meta={"handle": handle}, level=token.level)
        done = found.end()
    yield from _words(text[done:], token.level)


def _words(text: str, level: int) -> Iterator[Token]:
    if text:
        yield Token("text", "", 0, content=text, level=level)
