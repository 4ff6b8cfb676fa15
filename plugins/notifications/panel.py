"""On a card's page: that something about the card is unread. Opening the page reads it (bell.js); without JavaScript a
button does, because a page that is only looked at changes nothing on the server. And the button that mutes the card."""

from host import Card, CardPanel, User, _
from plugins.notifications.models import about
from plugins.notifications.muting import is_muted
from plugins.notifications.notes import notes


def for_card(card: Card, reader: User) -> CardPanel:
    told = about(card, reader)
    note = notes(reader, [told])[0] if told is not None and told.unread else None
    shown = {"card": card, "note": note, "muted": is_muted(reader, card)}
    return CardPanel(_("New for you"), "notifications/_new.html", shown, weight=-10)
