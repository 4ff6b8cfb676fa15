"""Other services, by Apprise: an address such as `pover://user@token` names the service and the keys for it."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import TYPE_CHECKING

from host import Invalid, _
from plugins.notifications.channel_kinds import ChannelFault, ChannelField, ChannelKind, Message, Settings

if TYPE_CHECKING:
    from apprise.plugins.base import NotifyBase

MOST = 3000
STATUS = re.compile(r"error=(\d{3})")
NOT_NOW = ("408", "425", "429")


def check(settings: Settings) -> None:
    _service(settings["address"])


def send(settings: Settings, message: Message) -> None:
    service = _service(settings["address"])
    with _warnings() as said:
        taken = service.notify(body=f"{message.text[:MOST]}\n{message.url}", title=message.title)
    if not taken:
        status = next(iter(STATUS.findall(" ".join(said))), "")
        lasting = status.startswith("4") and status not in NOT_NOW
        raise ChannelFault(_("It did not take it (%(n)s).", n=status or _("no answer")), lasting=lasting)


class _Heard(logging.Handler):
    """What is logged in this thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        self._thread = get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.said.append(record.getMessage())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What Apprise says in its log: it says nowhere else why a service did not take something."""
    heard, log = _Heard(), logging.getLogger("apprise")
    log.addHandler(heard)
    try:
        yield heard.said
    finally:
        log.removeHandler(heard)


def _service(address: str) -> "NotifyBase":
    """Raises Invalid. Options behind a question mark are refused: some of them read files or leave certificates
    unchecked."""
    from plugins.notifications.apprise_services import SERVICES

    schema = address.partition("://")[0].lower()
    if schema not in SERVICES:
        known = ", ".join(sorted(SERVICES))
        raise Invalid({"address": [_("It begins with one of these, and ://: %(known)s.", known=known)]})
    if "?" in address:
        raise Invalid({"address": [_("Leave out what comes after the question mark.")]})
    wrong = Invalid({"address": [_("That is no whole address of this service.")]})
    parsed = SERVICES[schema].parse_url(address)
    if not parsed:
        raise wrong
    try:
        return SERVICES[schema](**parsed)
    except TypeError as error:
        raise wrong from error


KIND = ChannelKind(
    "other",
    _("Another service"),
    (
        ChannelField(
            "address",
            _("Address for Apprise"),
            _("Like pover://user@token for Pushover. Also Pushbullet, Prowl, Join, LINE, Webex, Zulip, Google Chat."),
            secret=True,
        ),
    ),
    check,
    send,
)
