"""A card's own words."""

from host.errors import Invalid
from host.events import CARD_DESCRIPTION_CHANGED, CARD_TITLE_CHANGED
from host.i18n import _
from host.models.card.trait import Trait
from host.models.overtaken import Overtaken, version_of
from host.models.typed import line, paragraphs
from host.models.user import User

LONGEST_TITLE = 255
LONGEST_TEXT = 100_000


class Editable(Trait):
    @property
    def words_version(self) -> str:
        """Another one after each change of the title or the description."""
        return version_of(self.title, self.description)

    def reword(self, title: str, description: str, by: User, *, was: str = "") -> None:
        """Change both. With `was`, the version that these words were made from, raises Overtaken when there is another
        by now, unless it says the same; Invalid as `rename` and `describe` do."""
        wanted = checked_title(title), checked_description(description)
        if was and was != self.words_version and wanted != (self.title, self.description):
            raise Overtaken
        self.rename(title, by)
        self.describe(description, by)

    def rename(self, title: str, by: User) -> None:
        """Change the title. Raises Invalid for an empty or too long one; the same title changes nothing."""
        title = checked_title(title)
        if title != self.title:
            old, self.title = self.title, title
            self.record(CARD_TITLE_CHANGED, by=by, old_title=old, new_title=title)

    def describe(self, description: str, by: User) -> None:
        """Change the description (Markdown); it is no activity. Raises Invalid for a huge one."""
        description = checked_description(description)
        if description != self.description:
            self.description = description
            self.record(CARD_DESCRIPTION_CHANGED, by=by)


def checked_title(title: str) -> str:
    """The title on one line. Raises Invalid unless it has 1 to 255 characters."""
    title = line(title)
    if not title:
        raise Invalid({"title": [_("A card needs a title.")]})
    if len(title) > LONGEST_TITLE:
        raise Invalid({"title": [_("Keep the title under %(n)s characters.", n=LONGEST_TITLE + 1)]})
    return title


def checked_description(text: str) -> str:
    """The text with plain line ends. Raises Invalid above the limit."""
    text = paragraphs(text)
    if len(text) > LONGEST_TEXT:
        raise Invalid({"description": [_("Keep the description under %(n)s characters.", n=f"{LONGEST_TEXT:,}")]})
    return text
