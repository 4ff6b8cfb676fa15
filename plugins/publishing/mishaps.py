"""What goes wrong in a network's client, which is a plugin's code: told, and tried again where it publishes nothing."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from host import _, attempt, db
from plugins.publishing.outcomes import Hindered, Later
from plugins.publishing.platform import Platform
from plugins.publishing.platforms import plugin_of

log = logging.getLogger(__name__)

T = TypeVar("T")
FAILED = _("This network's plugin failed. Settings, Plugins says why.")


def spared(network: Platform, ask: Callable[[], T], *, otherwise: Callable[[], T]) -> T:
    """What asking it comes to, for people who look at a page; what it raises is kept against its plugin."""
    return attempt(plugin_of(network), f"network {network.name}", ask, otherwise=otherwise)


@contextmanager
def put_off() -> Iterator[None]:
    """Around what may always be asked again. Raises Hindered for whatever else was raised: a job that fails is tried
    again without a word to anybody, and keeps the other posts of its connection waiting."""
    try:
        yield
    except Hindered:
        raise
    except Exception as error:
        log.exception("a network's client failed")
        db.session.rollback()
        raise Hindered(Later(_("Something went wrong within Fallow: %(error)s", error=repr(error)))) from error
