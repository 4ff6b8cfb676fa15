"""The one place through which every text for people passes (gettext-style), ready for catalogues."""

from gettext import NullTranslations
from typing import Any

translations = NullTranslations()


def _(message: str, **values: Any) -> str:
    """The text in the reader's language; `%(name)s` placeholders are filled from `values` (and only then)."""
    text = translations.gettext(message)
    return text % values if values else text


def ngettext(one: str, many: str, n: int, **values: Any) -> str:
    """The form for `n`, with `n` itself available as `%(n)s` (grouped digits: 12,000)."""
    return translations.ngettext(one, many, n) % {"n": f"{n:,}", **values}
