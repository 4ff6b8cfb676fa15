"""The name of something that a page may show."""

import re

EVERYTHING = "everything"
LONGEST = 60
# One or two plain words: it becomes a line of the stream and the name of an event in the page.
TOPIC = re.compile(r"[\w.-]+(?: [\w.-]+)?", re.ASCII)
NUMBERED = re.compile(r"(board|card) ([0-9]{1,18})")


def checked(topic: str) -> str:
    """The topic. Raises ValueError for what is none."""
    if len(topic) > LONGEST or TOPIC.fullmatch(topic) is None:
        raise ValueError(f"“{topic}” is no topic: one or two words of letters, digits, “_”, “.” and “-”")
    return topic


def numbered(topic: str) -> tuple[str, int] | None:
    """("board", 3) for `board 3`, ("card", 12) for `card 12`, None for any other."""
    found = NUMBERED.fullmatch(topic)
    return (found[1], int(found[2])) if found else None
