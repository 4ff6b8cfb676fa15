"""How much a text takes on X: the weights of its public counting rules, version 3.

A web address takes 23 and an emoji 2, whatever they are made of; everything else by its code points. Counted after
normalisation (NFC), as X does.
"""

from dataclasses import dataclass
from unicodedata import normalize

import regex

from plugins.publishing.networks.x.urls import urls_in

MOST = 280
URL = 23
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))  # code points that weigh 1; all others 2

# By https://www.unicode.org/reports/tr51/#EBNF_and_Regex, less what is an emoji only by a sign behind it.
_BASE = r"[\p{Emoji}--[0-9#*\u00A9\u00AE\p{Regional_Indicator}]]"
_ELEMENT = rf"(?:{_BASE}(?:\p{{Emoji_Modifier}}|\uFE0F)?(?:[\U000E0020-\U000E007E]+\U000E007F)?)"
EMOJI = regex.compile(
    rf"(?V1)[0-9#*]\uFE0F?\u20E3|[\u00A9\u00AE]\uFE0F|\p{{Regional_Indicator}}{{2}}|{_ELEMENT}(?:\u200D{_ELEMENT})*"
)


@dataclass(frozen=True)
class Rules:
    emoji: int | None  # what one weighs; None: as its code points do


SECOND, THIRD = Rules(emoji=None), Rules(emoji=2)


def weight(text: str, rules: Rules = THIRD) -> int:
    text = normalize("NFC", text)
    found = urls_in(text)
    edges = [0, *(edge for url in found for edge in (url.start, url.end)), len(text)]
    between = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return URL * len(found) + sum(_weight(each, rules) for each in between)


def _weight(text: str, rules: Rules) -> int:
    if rules.emoji is None:
        return sum(map(_code_point, text))
    rest, emoji = EMOJI.subn("", text)
    return rules.emoji * emoji + sum(map(_code_point, rest))


def _code_point(character: str) -> int:
    return 1 if any(first <= ord(character) <= last for first, last in LIGHT) else 2
