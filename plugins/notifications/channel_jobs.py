"""What is sent by channels: bundles, and tests. A job for each channel, so that one that fails keeps no other waiting.

When a worker dies between a service's yes and our commit, it is sent once more: these services take no key by which
they would know it again.
"""

from collections.abc import Iterator, Sequence

from host import _, absolute_url, db, ngettext, schedule, task
from plugins.notifications.bundle import Bundle
from plugins.notifications.channel import Channel
from plugins.notifications.channel_kinds import ChannelFault, Message
from plugins.notifications.models import unread_among
from plugins.notifications.notes import Note, notes
from plugins.notifications.patience import delay_after
from plugins.notifications.preferences import Preferences

SHOWN, MOST = 10, 500
LANE = "channels"  # one at a time, but for what is tried again: a service that hangs must not hold all threads


def send_bundle(bundle_id: int) -> None:
    """Have the bundle's news sent by every channel of its person that is on; in the running transaction."""
    bundle = db.session.get_one(Bundle, bundle_id)
    told = [each.id for each in bundle.unread][:MOST]  # now: its letter may take in what an earlier one was to say
    for channel in Channel.of(bundle.user) if told else ():
        if channel.active:
            schedule(send_by_channel, key=f"{bundle_id} {channel.id}", lane=LANE, channel_id=channel.id, note_ids=told)


@task("notifications.send_by_channel")
def send_by_channel(channel_id: int, note_ids: list[int], tries: int = 0) -> str:
    """Send what is still unread of these, unless their person has left or wants no bundles any more."""
    channel = db.session.get(Channel, channel_id)
    if channel is None or not channel.active or not Preferences.of(channel.user).bundles:
        return _("nothing to send")
    told = notes(channel.user, unread_among(channel.user, note_ids))
    if not told:
        return _("nothing to send")
    try:
        channel.send(_message(told))
    except ChannelFault as fault:
        if channel.active:
            delay = delay_after(tries)
            schedule(send_by_channel, delay=delay, channel_id=channel_id, note_ids=note_ids, tries=tries + 1)
        return _("not sent: %(why)s", why=fault.message)
    return _("sent by %(channel)s", channel=channel.title)


@task("notifications.test_channel", attempts=1)
def try_channel(channel_id: int) -> str:
    """Send a test; how it went stands at the channel. One that was off is on again when it went well."""
    channel = db.session.get(Channel, channel_id)
    if channel is None:
        return _("nothing to send")
    try:
        channel.send(_test())
    except ChannelFault as fault:
        return _("not sent: %(why)s", why=fault.message)
    return _("sent by %(channel)s", channel=channel.title)


def _test() -> Message:
    return Message(_("A test from Fallow"), _("This is how you will hear of what is new."), absolute_url("/"))


def _message(told: Sequence[Note]) -> Message:
    title = ngettext("%(n)s new thing for you", "%(n)s new things for you", len(told))
    return Message(title, "\n".join(_lines(told)), absolute_url("/notifications"))


def _lines(told: Sequence[Note]) -> Iterator[str]:
    yield from (f"{note.title}: {note.text}" for note in told[:SHOWN])
    if len(told) > SHOWN:
        yield ngettext("And %(n)s more.", "And %(n)s more.", len(told) - SHOWN)
