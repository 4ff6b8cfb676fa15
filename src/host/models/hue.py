"""One of the colours that all things here share."""

from host.errors import Invalid
from host.i18n import _
from host.models.user import HUES


def checked_hue(hue: str) -> str:
    """Raises Invalid for a hue that there is not."""
    if hue not in HUES:
        raise Invalid({"hue": [_("Choose one of the colours.")]})
    return hue
