"""Where Markdown names cards: the step of the parser that makes `#12` a token of its own.

Like that of the mentions it works on plain words: code, links, addresses and `\\#12` stay what they are.
"""

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

NUMBER = re.compile(r"(?<![\w#&/])#([1-9][0-9]{0,17})(?!\w)")
MOST_NUMBERS = 200  # cards that the texts of one page name


def teach(markdown: MarkdownIt) -> None:
    """Let it find the numbers of cards."""
    markdown.core.ruler.before("text_join", "numbers", _find)


def numbers_in(texts: Iterable[str]) -> set[int]:
    """What may be the number of a card in these texts, and now and then one that stands in code."""
    found: set[int] = set()
    for text in texts:
        found.update(int(number) for number in NUMBER.findall(text)[:MOST_NUMBERS])
        if len(found) >= MOST_NUMBERS:
            break
    return found


def _find(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and block.children and "#" in block.content:
            block.children = list(_with_numbers(block.children))


def _with_numbers(tokens: Iterable[Token]) -> Iterator[Token]:
    links, before = 0, ""
    for token in tokens:
        links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not links:
            yield from _split(token, before)
        else:
            yield token
        before = token.content[-1:]


def _split(token: Token, before: str) -> Iterator[Token]:
    """The token's words and the numbers between them; `before` is the character that stands before it."""
    text, done = before + token.content, len(before)
    for found in NUMBER.finditer(text):
        if found.start() < len(before):
            continue
        if found.start() > done:
            yield Token("text", "", 0, content=text[done : found.start()], level=token.level)
        yield Token("number", "", 0, content=found[0], meta={"number": int(found[1])}, level=token.level)
        done = found.end()
    if text[done:]:
        yield Token("text", "", 0, content=text[done:], level=token.level)
