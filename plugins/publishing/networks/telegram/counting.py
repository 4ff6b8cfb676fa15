"""Telegram's count. Its pages say “characters”, others have measured code points; of the two ways to read that we take
the one that counts more, so what fits here fits there."""

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024


def length(text: str) -> int:
    """UTF-16 units, as the Bot API counts wherever it says how it counts. What stands around the text is cut off."""
    return len(text.strip().encode("utf-16-le", "surrogatepass")) // 2
