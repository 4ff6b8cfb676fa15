"""The jobs behind a visit to a network: they ask it what a request may not."""

from collections.abc import Callable

import httpx

from host import Fault, checkpoint, db, http_client, schedule, task
from plugins.publishing.doors import Granted, OAuth, SignIn, Step
from plugins.publishing.outcomes import Hindered, Later
from plugins.publishing.platforms import addresses_of, platforms
from plugins.publishing.visit import Stage, Visit, read

TRIES = 4  # a network refuses a fresh token for some seconds


@task("publishing.begin_visit")
def begin(visit_id: int) -> None:
    """Sign in, or find out where the person has to go."""
    visit = db.session.get(Visit, visit_id)
    if visit is None or visit.stage is not Stage.BEGINNING:
        return
    door, entered, addresses = visit.door, read(visit.entered), _addresses(visit)
    redirect, secret = visit.redirect, visit.secret or ""

    def ask(client: httpx.Client) -> Step | Granted:
        if isinstance(door, SignIn):
            return door.enter(entered, addresses, client)
        assert isinstance(door, OAuth)  # noqa: S101 -- there is no third kind
        return door.begin(entered, addresses, redirect, secret, client)

    _go_on(visit_id, ask, again=begin_once_more)


@task("publishing.finish_visit")
def finish(visit_id: int, tries: int = 0) -> None:
    """Exchange what the person brought back."""
    visit = db.session.get(Visit, visit_id)
    if visit is None or visit.stage is not Stage.RETURNED:
        return
    door, entered, addresses = visit.door, read(visit.entered), _addresses(visit)
    step, code, redirect = visit.step, visit.code or "", visit.redirect

    def ask(client: httpx.Client) -> Granted:
        assert isinstance(door, OAuth)  # noqa: S101 -- nobody returns from elsewhere
        return door.finish(step, code, entered, addresses, redirect, client)

    _go_on(visit_id, ask, again=lambda later: finish_once_more(visit_id, tries, later))


def begin_once_more(later: Later) -> bool:  # noqa: ARG001 -- a person waits before the page: they try again themselves
    return False


def finish_once_more(visit_id: int, tries: int, later: Later) -> bool:
    """What a network says in the first seconds, it does not mean."""
    if tries >= TRIES or later.at is None:
        return False
    schedule(finish, at=later.at, visit_id=visit_id, tries=tries + 1)
    return True


def _go_on(visit_id: int, ask: Callable[[httpx.Client], Step | Granted], again: Callable[[Later], bool]) -> None:
    checkpoint()
    try:
        with http_client() as client:
            came: Step | Granted | Hindered = ask(client)
    except Hindered as hindered:
        came = hindered
    visit = db.session.get_one(Visit, visit_id)
    if isinstance(came, Step):
        visit.go(came)
    elif isinstance(came, Granted):
        _keep(visit, came)
    elif isinstance(came.hindrance, Later) and again(came.hindrance):
        visit.remember(came.memory)
    else:
        visit.fail(came.hindrance.why)


def _keep(visit: Visit, granted: Granted) -> None:
    try:
        visit.succeed(granted)
    except Fault as fault:  # somebody else's
        visit.fail(fault.message)


def _addresses(visit: Visit) -> dict[str, str]:
    network = platforms().get(visit.platform)
    return dict(addresses_of(network)) if network else {}
