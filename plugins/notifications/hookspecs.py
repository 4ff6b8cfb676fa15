"""The hook that notifications offer to other plugins, which name `notifications` in their `requires`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from host import hookspec

if TYPE_CHECKING:
    from plugins.notifications.channel_kinds import ChannelKind


@hookspec
def register_channels() -> "Sequence[ChannelKind]":  # type: ignore[empty-body]
    """Services by which people can be reached besides mail. Another plugin's are known by its name and theirs, as in
    `pigeons.loft`, so two never collide.

    When: while a page of channels is made, and in the jobs that send. `check` is called in the request that adds a
    channel and asks nobody; `send` in a job, outside of any transaction.
    On error: its services are missing, and the traceback is kept under Settings, Plugins. What `send` raises besides
    ChannelFault fails the job, which is tried again.
    """
