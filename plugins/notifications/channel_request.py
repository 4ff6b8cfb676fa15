"""One request to a service, and what its answer means."""

from collections.abc import Mapping

import httpx

from host import AddressRefused, Invalid, OutgoingFault, _, checked_url, http_client
from plugins.notifications.channel_kinds import ChannelFault

MOST_BYTES = 100_000
NOT_NOW = (408, 425, 429)  # of the answers that blame us, those that pass


def check_url(field: str, url: str) -> None:
    """Raises Invalid, with the field's name, for what is no address of another machine."""
    try:
        checked_url(url)
    except AddressRefused as refused:
        raise Invalid({field: [refused.message]}) from refused


def post(url: str, json: Mapping[str, object], *, headers: Mapping[str, str] | None = None) -> None:
    """Raises ChannelFault unless the service says that it took it."""
    try:
        with http_client(most_bytes=MOST_BYTES) as client:
            answer = client.post(url, json=json, headers=headers)
    except OutgoingFault as fault:
        raise ChannelFault(fault.message, lasting=fault.lasting) from fault
    if not answer.is_success:
        raise _refused(answer)


def _refused(answer: httpx.Response) -> ChannelFault:
    status = answer.status_code
    if status in (401, 403):
        return ChannelFault(_("It does not know the key, or does not let it do this (%(n)s).", n=status), lasting=True)
    if status in (404, 410):
        return ChannelFault(_("It knows of no such address (%(n)s).", n=status), lasting=True)
    lasting = 300 <= status < 500 and status not in NOT_NOW
    return ChannelFault(_("It did not take it (%(n)s).", n=status), lasting=lasting)
