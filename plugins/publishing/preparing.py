"""Making a part ready: its pictures handed over, its bytes frozen. All of it may be repeated; none of it publishes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from host import _, checkpoint, db, http_client, now
from plugins.publishing.content import message_of, texts_of
from plugins.publishing.mishaps import put_off
from plugins.publishing.outcomes import Hindered, Refused
from plugins.publishing.part import Part
from plugins.publishing.platform import Login, Message, Platform
from plugins.publishing.states import State
from plugins.publishing.target import Target

KEPT = timedelta(hours=20)  # networks drop a picture that is not used within a day, some within minutes
SECONDS, CONNECT_SECONDS = 120.0, 10.0


def begin(target: Target) -> None:
    """From now on a worker has it. Its parts are made, each with the name by which the network knows it again."""
    target.state = State.CLAIMED
    network = target.connection.network
    if network is not None and not target.parts:
        for number, _text in enumerate(texts_of(target.post, target.platform)):
            at = now()
            key = network.key(f"{target.message_seed}.{number}", at)
            target.parts.append(Part(number=number, key=key, at=at, uploaded=[]))
    checkpoint()


def make_ready(target_id: int, part_id: int) -> None:
    """Freeze what is to be sent, unless an earlier try did. Raises Hindered."""
    target, part = db.session.get_one(Target, target_id), db.session.get_one(Part, part_id)
    if part.body is not None:
        return
    if part.uploaded_at is not None and now() - part.uploaded_at > KEPT:
        part.thaw()
    network, login, message = target.connection.network, target.connection.login, message_of(target, part)
    if network is None:
        return
    if message.reply is not None and not (message.reply.root and message.reply.parent):
        raise Hindered(Refused(_("Nobody knows what the part before it is called there, so nothing can follow it.")))
    names = _handed_over(network, login, message, part_id)
    resolved = _prepared(network, login, message)
    with put_off():
        body = network.body(replace(message, uploaded=tuple(names), resolved=resolved), login)
    db.session.get_one(Part, part_id).freeze(body)


def _handed_over(network: Platform, login: Login, message: Message, part_id: int) -> list[str]:
    """Picture by picture, each written down as soon as the network has it."""
    names = list(message.uploaded)
    for picture in message.pictures[len(names) :]:
        checkpoint()
        with put_off(), http_client(seconds=SECONDS, connect_seconds=CONNECT_SECONDS) as client:
            names.append(network.upload(picture, login, client))
        part = db.session.get_one(Part, part_id)
        part.uploaded, part.uploaded_at = list(names), part.uploaded_at or now()
    return names


def _prepared(network: Platform, login: Login, message: Message) -> Mapping[str, str]:
    checkpoint()
    with put_off(), http_client(seconds=SECONDS, connect_seconds=CONNECT_SECONDS) as client:
        return network.prepare(message, login, client)
