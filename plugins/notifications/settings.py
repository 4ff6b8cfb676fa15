"""The panels: what a person hears and how often, and what they hear of one board."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate
from sqlalchemy import select

from host import Access, Board, Form, SettingsPanel, User, _, current_user, db, schedule
from plugins.notifications import choosing, muting, push, push_cipher, trial
from plugins.notifications.bundle import Bundle
from plugins.notifications.form import PageForm, filled
from plugins.notifications.pace import Pace
from plugins.notifications.preferences import SETTINGS, Preferences
from plugins.notifications.topics import Way, topics
from plugins.notifications.yesterday import Yesterday

TEST = "test"  # what the second button of the page says
ALL, MINE, NOTHING = "all", "mine", "nothing"
PACES = {
    Pace.NEVER: _("The bell is enough."),
    Pace.HALF_HOUR: _("What you have not read by then."),
    Pace.FEW_HOURS: _("At 10:00, 13:00 and 16:00 if there is anything."),
    Pace.DAILY: _("One note a day."),
    Pace.WEEKLY: _("On Mondays."),
}


class BoardForm(Form):
    hear = fields.Str(required=True, validate=validate.OneOf((ALL, MINE, NOTHING), error=_("Choose one of these.")))


def read(person: User) -> Mapping[str, Any]:
    return filled(Preferences.of(person))


def save(person: User, values: Mapping[str, Any], _actor: User) -> None:
    choosing.choose(person, values)
    if values["then"] == TEST:
        schedule(trial.run, key=str(person.id), user_id=person.id)


def context(person: User) -> Mapping[str, Any]:
    theirs = Preferences.of(person)
    return {
        "paces": [{"value": pace.value, "title": pace.words, "text": text} for pace, text in PACES.items()],
        "topics": list(topics()),
        "ways": list(Way),
        "preferences": theirs,
        "waiting": Bundle.put_off(person),
        "yesterday": Yesterday.of(theirs),
        "can_push": push_cipher.there(),
        "browsers": push.PushSubscription.of(person),
        "push_topic": push.TOPIC,
        "page": SETTINGS,
    }


def read_board(board: Board) -> Mapping[str, Any]:
    return {"hear": _heard_of(board, current_user)}


def save_board(board: Board, values: Mapping[str, Any], actor: User) -> None:
    """Only for whoever saves it."""
    board.watch(actor, watching=values["hear"] == ALL)
    if values["hear"] == NOTHING:
        muting.mute(actor, board)
    else:
        muting.unmute(actor, board)


def board_context(_board: Board) -> Mapping[str, Any]:
    options = [
        (ALL, _("Everything"), _("All that happens to its cards, but comments on cards you do not watch.")),
        (MINE, _("What concerns me"), _("Cards you watch or have, and whoever speaks to you.")),
        (NOTHING, _("Nothing"), _("Only when somebody mentions you or gives you a card.")),
    ]
    return {"options": [{"value": value, "title": title, "text": text} for value, title, text in options]}


def _heard_of(board: Board, person: User) -> str:
    if muting.is_muted(person, board):
        return NOTHING
    watching = select(Access.watching).filter_by(board_id=board.id, user_id=person.id)
    return ALL if db.session.scalars(watching).first() else MINE


PERSON = SettingsPanel(
    key="notifications",
    level="person",
    title=_("Notifications"),
    summary=_("Fallow saves things up and tells you in one go. The bell always has the latest."),
    form=PageForm,
    read=read,
    save=save,
    context=context,
    template="notifications/settings.html",
    allowed=lambda actor, person: actor.id == person.id,
    icon="bell",
)
BOARD = SettingsPanel(
    key="notifications",
    level="board",
    title=_("Notifications"),
    summary=_("What you hear of this board. Others choose for themselves."),
    form=BoardForm,
    read=read_board,
    save=save_board,
    context=board_context,
    template="notifications/board_settings.html",
    allowed=lambda _actor, _board: True,
    icon="bell",
)
