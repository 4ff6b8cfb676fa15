"""New tokens for old ones: ahead of time, and one at a time.

All that asks a network for a connection runs in that connection's lane, so two renewals never meet; the version of the
token is looked at all the same.
"""

from datetime import timedelta

from sqlalchemy import select

from host import _, checkpoint, db, http_client, ngettext, now, schedule, task
from plugins.publishing import telling
from plugins.publishing.connection import Connection
from plugins.publishing.mishaps import put_off
from plugins.publishing.outcomes import Held, Hindered, Later

BEFORE_SENDING = timedelta(minutes=10)
AHEAD = timedelta(hours=1)  # of its end, long before a post needs it; sooner for tokens that live as short as that
SHORT = 0.25  # of what is left of a short life


@task("publishing.renew_tokens")
def renew_tokens() -> str:
    """A job for each connection whose token ends soon."""
    ending = select(Connection.id).where(
        Connection.expires_at <= now() + AHEAD, Connection.held_why.is_(None), Connection.removed_at.is_(None)
    )
    ids = [each.id for each in map(_read, db.session.scalars(ending).all()) if can_renew(each)]
    for connection_id in ids:
        schedule(renew_one, key=str(connection_id), lane=f"connection {connection_id}", connection_id=connection_id)
    return ngettext("%(n)s token ends soon", "%(n)s tokens end soon", len(ids))


@task("publishing.renew_token", attempts=1)  # a second one would keep the posts behind it waiting; it is asked for anew
def renew_one(connection_id: int) -> str:
    connection = _read(connection_id)
    if connection.expires_at is None or connection.expires_at > now() + AHEAD:
        return _("nothing to do")
    try:
        renew(connection_id)
    except Hindered as hindered:
        return hindered.hindrance.why
    return _("renewed the token of %(handle)s", handle=_read(connection_id).handle)


def is_due(connection: Connection) -> bool:
    """It ends so soon that it had better be renewed before something is sent."""
    return (
        connection.expires_at is not None and connection.expires_at <= now() + BEFORE_SENDING and can_renew(connection)
    )


def can_renew(connection: Connection) -> bool:
    return bool(connection.login.tokens.refresh) and connection.network is not None


def renew(connection_id: int) -> None:
    """Ask, and keep the new pair before anything else. Raises Hindered; when the network says that the old one is dead,
    the connection holds its posts."""
    connection = _read(connection_id)
    network, login, version = connection.network, connection.login, connection.token_version
    if network is None or not login.tokens.refresh:
        raise Hindered(_dead(connection_id, version, Held(_("Its access has ended. Connect it again."))))
    checkpoint()
    try:
        with put_off(), http_client() as client:
            tokens = network.renew(login, client)
    except Hindered as hindered:
        if isinstance(hindered.hindrance, Held):
            raise Hindered(_dead(connection_id, version, hindered.hindrance)) from hindered
        raise
    _read(connection_id).renewed(tokens)
    checkpoint()


def _dead(connection_id: int, version: int, held: Held) -> Held | Later:
    """Unless somebody renewed or connected it meanwhile: then it is alive."""
    connection = _read(connection_id)
    if connection.token_version != version:
        return Later(held.why, now(), counts=False)
    news = not connection.is_held
    connection.hold(held)
    if news:
        telling.tell_of_connection(connection)
    checkpoint()
    return held


def _read(connection_id: int) -> Connection:
    return db.session.get_one(Connection, connection_id, populate_existing=True)
