"""Where Markdown lists what is to do: the step of the parser that makes `[ ]` and `[x]` at the head of an item boxes.

Nobody can tick them there; they are ticked in the text.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

BOX = re.compile(r"\[([ xX])\] +")


def teach(markdown: MarkdownIt) -> None:
    """Let it find tasks."""
    markdown.core.ruler.before("text_join", "tasks", _find)  # an escaped bracket is no box


def _find(state: StateCore) -> None:
    for inline in _heads(state.tokens):
        first = inline.children[0] if inline.children else None
        found = BOX.match(first.content) if first and first.type == "text" else None
        if first and found:
            box = Token("task", "", 0, meta={"done": found[1] != " "}, level=first.level)
            first.content = first.content[found.end() :]
            inline.children = [box, *(inline.children or ())]


def _heads(tokens: Sequence[Token]) -> Iterator[Token]:
    """The first words of each item of a list."""
    for item, paragraph, words in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (item.type, paragraph.type, words.type) == ("list_item_open", "paragraph_open", "inline"):
            yield words
