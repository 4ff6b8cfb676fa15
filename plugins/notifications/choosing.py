"""Changing what one hears: a bundle that is open follows at once."""

from collections.abc import Mapping
from typing import Any

from host import User, db, now, schedule
from plugins.notifications.bundle import State, open_bundle
from plugins.notifications.delivery import deliver_bundles
from plugins.notifications.pace import Pace
from plugins.notifications.preferences import Preferences


def change_pace(person: User, pace: Pace) -> None:
    """Take another pace. What waits in the open bundle is sent now, or dropped by whoever wants none any more
    (as the bell has it too). The same pace again changes nothing."""
    theirs = Preferences.kept(person)
    if theirs.pace is pace:
        return
    theirs.pace = pace
    bundle = open_bundle(person)
    if bundle is None:
        return
    if pace is Pace.NEVER:
        bundle.end(State.DROPPED)
    else:
        bundle.ends_at = now()
        schedule(deliver_bundles, key="now")
    db.session.flush()


def leave(person: User) -> None:
    """Be sent nothing more: no bundles, and no weekly summary."""
    change_pace(person, Pace.NEVER)
    Preferences.kept(person).ask_for_summary(wanted=False)


def choose(person: User, values: Mapping[str, Any]) -> None:
    """Take what the form loaded. Whoever saves is ready for letters again, if a mail server had refused them."""
    theirs = Preferences.kept(person)
    is_other_pace = theirs.pace is not values["pace"]
    change_pace(person, values["pace"])
    theirs.hour, theirs.quiet_from, theirs.quiet_to = values["hour"], values["quiet_from"], values["quiet_to"]
    theirs.ask_for_summary(wanted=values["summary"])
    theirs.choose(values["ways"])
    theirs.resume_mail()
    if not is_other_pace:
        _follow(theirs)


def _follow(theirs: Preferences) -> None:
    """Let the open bundle end by another hour, or after other quiet hours."""
    bundle = open_bundle(theirs.user)
    if bundle is None:
        return
    ends_at = theirs.window_end(bundle.starts_at)
    if ends_at != bundle.ends_at:
        bundle.ends_at = ends_at
        schedule(deliver_bundles, at=ends_at, key=ends_at.isoformat())
