"""What we take of Apprise's services: those that always speak to their own host.

Left out is whatever names a host in its address or asks a person's own server (json, form, mailto, matrix, gotify, …),
whatever acts on this machine (dbus, gnome, syslog, …), and whatever reads a file (fcm, vapid). Imported by name, so
that the executable has them: Apprise itself looks for its services in a folder.
"""

import logging

from apprise.plugins.base import NotifyBase
from apprise.plugins.google_chat import NotifyGoogleChat
from apprise.plugins.join import NotifyJoin
from apprise.plugins.line import NotifyLine
from apprise.plugins.prowl import NotifyProwl
from apprise.plugins.pushbullet import NotifyPushBullet
from apprise.plugins.pushover import NotifyPushover
from apprise.plugins.pushy import NotifyPushy
from apprise.plugins.simplepush import NotifySimplePush
from apprise.plugins.threema import NotifyThreema
from apprise.plugins.twist import NotifyTwist
from apprise.plugins.webexteams import NotifyWebexTeams
from apprise.plugins.zulip import NotifyZulip

# It logs what it cannot read of an address, keys among it: that is for nobody's log. We listen to it while it sends.
LOG = logging.getLogger("apprise")
LOG.propagate = False
LOG.addHandler(logging.NullHandler())

SERVICES: dict[str, type[NotifyBase]] = {
    "gchat": NotifyGoogleChat,
    "join": NotifyJoin,
    "line": NotifyLine,
    "pbul": NotifyPushBullet,
    "pover": NotifyPushover,
    "prowl": NotifyProwl,
    "pushy": NotifyPushy,
    "spush": NotifySimplePush,
    "threema": NotifyThreema,
    "twist": NotifyTwist,
    "wxteams": NotifyWebexTeams,
    "zulip": NotifyZulip,
}
