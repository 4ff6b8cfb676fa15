r"""LinkedIn's markup of a post's text, "little text": its signs have to be escaped, or the text ends before the first.

Reserved are `\ | { } @ [ ] ( ) < > # * _ ~`. A hashtag and the mention of a page or a person stay as they are.
https://learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format
"""

import re
from collections.abc import Iterator

RESERVED = r"\\|{}@\[\]()<>#*_~"
_MENTION = r"@\[(?P<name>[^\]\\]+)\]\((?P<urn>urn:li:(?:organization|person):[\w-]+)\)"
_HASHTAG = r"(?<![^\s(\[{\"'“‘„«])#(?=\w*[^\W\d_])"  # at the start of a word: not C#, not #1, not an address
_PARTS = re.compile(rf"(?P<mention>{_MENTION})|(?P<hashtag>{_HASHTAG})|(?P<sign>[{RESERVED}])")
_READ = re.compile(rf"(?P<mention>{_MENTION})|(?P<hashtag>{_HASHTAG})|\\(?P<sign>[{RESERVED}])|(?P<end>[{RESERVED}])")


def escaped(text: str) -> str:
    """As it travels."""
    return _PARTS.sub(lambda found: f"\\{found[0]}" if found["sign"] else found[0], text)


def visible(text: str) -> str:
    """What people read of a text as it was written: of a mention, the name."""
    return re.sub(_MENTION, lambda found: found["name"], text)


def read(commentary: str) -> Iterator[tuple[str, str]]:
    """What LinkedIn makes of it: stretches of text, each with the URN of who is mentioned, or an empty text. It ends
    before the first sign that is not escaped."""
    text, end = "", 0
    for found in _READ.finditer(commentary):
        text += commentary[end : found.start()]
        end = found.end()
        if found["end"]:
            end = len(commentary)
            break
        if found["mention"]:
            yield text, ""
            yield found["name"], found["urn"]
            text = ""
        else:
            text += found["sign"] or found[0]
    yield text + commentary[end:], ""
