"""Links in what people write, and the marks that a space puts on them so that its statistics know where visits come
from (the `utm_…` parameters)."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from host import _

# An address that somebody wrote out; what ends a sentence is not part of it.
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}'’”…]", re.IGNORECASE)
NETWORK = "{network}"
NAME = re.compile(r"[A-Za-z0-9_.~-]{1,60}")
LONGEST = 500


def tagged(text: str, template: str, network: str) -> str:
    """The text with the template's parameters on each link, such as `utm_source={network}&utm_medium=social`; none
    takes the place of one that is there."""
    if not template:
        return text
    wanted = parse_qsl(template.replace(NETWORK, network))
    return LINK.sub(lambda found: _tagged(found[0], wanted), text)


def template_of(typed: str) -> str:
    """What somebody typed, as `tagged` takes it; without the question mark that may stand before it. Raises ValueError
    with a sentence."""
    text = typed.strip().lstrip("?&")
    if len(text) > LONGEST:
        raise ValueError(_("This is too long."))
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text))
    except ValueError:
        pairs = [("", "")]
    if not all(NAME.fullmatch(name) and value for name, value in pairs):
        raise ValueError(_("Write name=value, several joined by &, such as utm_medium=social."))
    if set("{}") & set(text.replace(NETWORK, "")):
        raise ValueError(_("Only %(network)s is filled in.", network=NETWORK))
    return text


def _tagged(link: str, wanted: list[tuple[str, str]]) -> str:
    parts = urlsplit(link)
    given = parse_qsl(parts.query, keep_blank_values=True)
    new = [(name, value) for name, value in wanted if name not in dict(given)]
    query = "&".join(filter(None, [parts.query, urlencode(new)]))
    return urlunsplit(parts._replace(query=query))
