"""The events that a webhook may choose from, in words and in groups: the host's, and those of plugins that are on."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from host import BOARD_CREATED, MENTIONS_ADDED, NOTICE, SPACE_EVENTS, Invalid, _, event_kinds

TEST = "test"  # no event: somebody tries the webhook
# No webhook is there yet when a board is made; a notice is a word to those whom it names; a space has no webhooks.
# comment, are words to those whom they name.
UNHEARD = {BOARD_CREATED.name, MENTIONS_ADDED.name, NOTICE.name, *SPACE_EVENTS}

HOSTS = (
    (
        _("Cards"),
        {
            "card_published": _("A card is added"),
            "card_title_changed": _("A card is renamed"),
            "card_description_changed": _("A description changes"),
            "card_due_changed": _("The date of a card changes"),
            "card_deleted": _("A card is removed"),
            "card_board_changed": _("A card moves to another board"),
        },
    ),
    (
        _("Moves"),
        {
            "card_triaged": _("A card moves to a column"),
            "card_sent_back_to_triage": _("A card moves back to Maybe?"),
            "card_closed": _("A card is done"),
            "card_reopened": _("A card is opened again"),
            "card_postponed": _("A card is put in Not now"),
            "card_auto_postponed": _("A card rests by itself"),
            "card_put_back": _("A card is put back where it was"),
            "card_kept": _("A card is kept"),
        },
    ),
    (_("People"), {"card_assigned": _("A card is given to somebody"), "card_unassigned": _("A card is taken away")}),
    (_("Talk"), {"comment_created": _("A comment is written"), "reaction_created": _("Somebody reacts")}),
    (
        _("The board"),
        {
            "board_changed": _("The board is renamed or described anew"),
            "board_archived": _("The board is archived"),
            "board_unarchived": _("The board is brought back"),
            "board_offered": _("The board becomes a template"),
            "board_withdrawn": _("The board is a template no more"),
            "board_published": _("The board gets a public link"),
            "board_unpublished": _("The public link is revoked"),
            "access_granted": _("Somebody sees the board now"),
            "access_revoked": _("Somebody sees the board no more"),
            "column_created": _("A column is added"),
            "column_changed": _("A column is renamed or coloured anew"),
            "column_moved": _("A column moves"),
            "column_deleted": _("A column is removed"),
        },
    ),
)


class Group(NamedTuple):
    """Kinds that belong together: (name, words) each."""

    title: str
    kinds: Sequence[tuple[str, str]]


def groups() -> Sequence[Group]:
    """All that there is to choose from."""
    known = offered()
    ours = [Group(title, [each for each in words.items() if each[0] in known]) for title, words in HOSTS]
    told = {name for group in ours for name, _words in group.kinds}
    others = sorted(known - told)
    rest = [Group(_("Others"), [(name, words_of(name)) for name in others])] if others else []
    return [*ours, *rest]


def offered() -> set[str]:
    """Their names."""
    return {each.name for each in event_kinds()} - UNHEARD


def words_of(name: str) -> str:
    """What happened, for people; of a plugin's kinds we know the name alone."""
    if name == TEST:
        return _("A test")
    for _title, words in HOSTS:
        if name in words:
            return words[name]
    plugin, _dot, what = name.rpartition(".")
    plain = what.replace("_", " ")
    return f"{plugin.capitalize()}: {plain}" if plugin else plain.capitalize()


def checked(chosen: Collection[str] | None, kept: Collection[str] = ()) -> list[str] | None:
    """What a webhook keeps: None for all, also those to come. Those that it has `kept` so far stay good while their
    plugin is off. Raises Invalid for none, and for one there is not."""
    if chosen is None:
        return None
    unknown = sorted(set(chosen) - offered() - set(kept))
    if unknown:
        raise Invalid({"events": [_("There is no event called %(name)s.", name=unknown[0][:60])]})
    if not chosen:
        raise Invalid({"events": [_("Choose one event at least, or all.")]})
    return sorted(set(chosen))
