"""Whether a network would take what a post says: the one check of pages, jobs, imports and the API."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from host import _, ngettext, now
from plugins.publishing.content import Said, drafts_of
from plugins.publishing.mishaps import FAILED, spared
from plugins.publishing.platform import Message, Platform
from plugins.publishing.target import Target


def problems_of(target: Target) -> Sequence[str]:
    """Why the target's network would not take it, a sentence each; nothing when it would. One that cannot say is a
    problem, too."""
    network, profile = target.connection.network, target.connection.profile
    if network is None:
        return [_("The plugin of this network is off.")]
    return spared(network, partial(problems, target.post, network, profile), otherwise=lambda: [FAILED])


def problems(post: Said, network: Platform, profile: Mapping[str, Any]) -> Sequence[str]:
    """The same of what somebody has typed. Raises whatever the network raises."""
    messages = drafts_of(post, network, now())
    found = list(_thread(messages, network))
    for message in messages:
        found += _text(message, network, profile)
        found += _pictures(message, network)
        found += network.problems(message, profile)
    return list(dict.fromkeys(found))


def _thread(messages: Sequence[Message], network: Platform) -> Sequence[str]:
    if len(messages) <= network.longest_thread:
        return ()
    if network.longest_thread == 1:
        return [_("%(network)s has no threads: join the parts, or give it its own text.", network=network.title)]
    return [_("On %(network)s a thread has at most %(n)s parts.", network=network.title, n=network.longest_thread)]


def _text(message: Message, network: Platform, profile: Mapping[str, Any]) -> Sequence[str]:
    if not message.text.strip() and not message.pictures:
        return [_("There is nothing to publish yet.")]
    room = network.room(message.text, profile)
    if not room.over:
        return ()
    over = max(room.used, room.wire or 0) - room.most
    said = ngettext("%(n)s character too long for %(network)s.", "%(n)s characters too long for %(network)s.", over,
                    network=network.title)  # fmt: skip
    return [said]


def _pictures(message: Message, network: Platform) -> Sequence[str]:
    found = []
    if len(message.pictures) > network.most_pictures:
        found.append(_("%(network)s takes at most %(n)s pictures.", network=network.title, n=network.most_pictures))
    for picture in message.pictures:
        if picture.type not in network.picture_types:
            found.append(_("%(network)s takes no pictures like %(name)s.", network=network.title, name=picture.name))
        elif picture.size > network.picture_bytes:
            most = network.picture_bytes // 1_000_000
            found.append(
                _(
                    "%(name)s is larger than the %(n)s MB that %(network)s takes.",
                    name=picture.name,
                    n=most,
                    network=network.title,
                )
            )
    return found
