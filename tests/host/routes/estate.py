"""One of everything that an address can name, made for one person through the doors that everybody uses."""

from base64 import urlsafe_b64encode
from contextvars import Context
from datetime import timedelta
from io import BytesIO
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from itsdangerous import URLSafeSerializer
from PIL import Image
from sqlalchemy import func, select

from host.clock import now
from host.db import db
from host.jobs import drain
from host.jobs.foreground import run_here
from host.models import Board, Card, Invitation, LaunchToken, Tag, User
from tests.host.routes.visitor import Visitor

Estate = dict[str, Any]

# The last row of which table is meant by a noun, once everything is there.
TABLES = {
    "boards": "board",
    "bulk": "bulk_action",
    "bulk_actions": "bulk_action",
    "channels": "notifications_channel",
    "columns": "column",
    "comments": "comment",
    "connections": "publishing_connection",
    "files": "attachment",
    "import": "publishing_import",
    "invitations": "invitation",
    "jobs": "job",
    "media": "publishing_medium",
    "notifications": "notifications_notification",
    "push": "notifications_push",
    "queues": "recurring_queues",
    "reactions": "reaction",
    "runs": "entropy_run",
    "slots": "publishing_slot",
    "steps": "step",
    "sweeps": "entropy_run",
    "targets": "publishing_target",
    "tokens": "token",
    "versions": "publishing_version",
    "views": "saved_view",
    "visits": "publishing_visit",
    "webhooks": "webhooks_webhook",
}
# What is the same for everybody.
WORDS = {
    "folds/key": "maybe",
    "plugin/plugin": "entropy",
    "plugins/name": "nothing",
    "new/platform": "mastodon",
    "backups/name": "nothing.zip",
    "tasks/name": "entropy.sweep",
    "rules/key": "host.jobs",
    "pictures": 1,
    "entries/key": "00000000-0000-4000-8000-000000000000",
}


def settle(app: Flask, person: User, other: User, *, all_access: bool) -> Estate:
    """A board of this person's with all that can lie on it, and all that one can have besides. `other` is somebody of
    the same space, whom the board is open to with `all_access`. Its `word` stands in every text."""
    visitor = Visitor.of(app, person)
    word = f"sanctum{person.id}"
    board = Board.create(word, by=person, all_access=all_access, columns=[word])
    card = board.add_card(word, by=person, column=board.columns[0])
    estate = {**WORDS, **_on_card(card, person, other), **_on_board(board, card, person)}
    estate |= _posts(visitor, card, person) | _of_a_person(visitor, card)
    db.session.commit()
    Context().run(_worked, app)
    _rested(board)
    return {"word": word, **{noun: _last(table, person) for noun, table in TABLES.items()}, **estate}


def _worked(app: Flask) -> None:
    with app.app_context():
        drain()


def _on_card(card: Card, person: User, other: User) -> Estate:
    card.comment(f"@{person.handle}, look", other)
    said = card.comment(card.title, person)
    card.react("yes", person, comment=said)
    card.react("yes", person)
    card.add_step(card.title, by=person)
    drawn = BytesIO()
    Image.new("RGB", (4, 3)).save(drawn, "PNG")
    drawn.seek(0)
    card.attach(drawn, f"{card.title}.png", person)
    tag: Tag = card.tag(card.title)
    db.session.commit()
    everybody = dict.fromkeys(("people", "users", "assignments", "accesses"), other.id)
    return {"cards": card.number, "tags": tag.id, "taggings": tag.id, **everybody}


def _on_board(board: Board, card: Card, person: User) -> Estate:
    invitation = Invitation.create(by=person)
    words = {
        "boards/key": board.publish(by=person).key,
        "columns/key": board.columns[0].id,
        "columns/column": board.columns[0].id,
        "join/key": invitation.key,
        "launch/token": LaunchToken.create(),
    }
    db.session.commit()
    return words


def _posts(visitor: Visitor, card: Card, person: User) -> Estate:
    """A post with a picture and an earlier version, on a connection of the person's own with a slot, that repeats."""
    connection = _row(
        "publishing_connection",
        account_id=person.account_id,
        owner_id=person.id,
        platform="mastodon",
        remote_id=str(person.id),
        handle="@ada@peer.example",
    )
    begun = {"texts": [card.title], "connections": [connection], "card": card.number}
    post = _made(visitor("POST", "/api/v1/posts", json=begun)).json["id"]
    drawn = BytesIO()
    Image.new("RGB", (4, 3)).save(drawn, "PNG")
    drawn.seek(0)
    _made(visitor("POST", "/api/v1/media", data={"post": post, "file": (drawn, f"{card.title}.png")}))
    revision = visitor("GET", f"/api/v1/posts/{post}").json["revision"]
    changed = {"do": "draft", "text": f"{card.title} too", "connection": connection, "revision": revision}
    _made(visitor("POST", f"/publishing/posts/{post}", data=changed))
    _made(visitor("POST", f"/publishing/connections/{connection}/slots", data={"weekday": "1", "time": "10:00"}))
    _made(visitor("POST", "/publishing/connections/new/mastodon", data={"instance": "peer.example"}))
    table = {"file": (BytesIO(f"text\n{card.title}\n".encode()), "posts.csv")}
    _made(visitor("POST", "/publishing/import", data=table))
    begins = (now() + timedelta(days=9)).isoformat()
    _made(visitor("POST", "/api/v1/queues", json={"original": post, "every": 1, "next_time": begins}))
    leave = URLSafeSerializer(visitor.app.secret_key or "", salt="notifications.leave").dumps(person.id)
    return {"posts": post, "feeds": person.account_id, "leave/token": leave}


def _of_a_person(visitor: Visitor, card: Card) -> Estate:
    """What nobody else sees, and a webhook of the board with a delivery."""
    board, cards = card.board_id, [card.number]
    channel = {"kind": "ntfy", "settings": {"topic": card.title}}
    _made(visitor("POST", "/api/v1/notifications/channels", json=channel))
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    browser = {
        "endpoint": f"https://fcm.googleapis.com/fcm/send/{board}",
        "p256dh": urlsafe_b64encode(point).decode().rstrip("="),
        "auth": urlsafe_b64encode(b"sixteen bytes ok").decode().rstrip("="),
    }
    _made(visitor("POST", "/notifications/push", data=browser))
    webhook = {"board": board, "name": card.title, "url": "https://hooks.example/in"}
    made = _made(visitor("POST", "/api/v1/webhooks", json=webhook))
    delivery = _made(visitor("POST", f"/api/v1/webhooks/{made.json['id']}/test")).json["id"]
    _made(visitor("POST", "/api/v1/views", json={"name": card.title, "filter": {"board": [str(board)]}}))
    done = {"cards": cards, "verb": "tag", "tag": f"{card.title}-2"}
    _made(visitor("POST", "/api/v1/bulk_actions", json=done))
    return {"deliveries": delivery}


def _rested(board: Board) -> None:
    """A sweep of this space."""
    board.add_card("Old").last_active_at -= timedelta(days=99)
    db.session.commit()
    run_here("entropy.sweep", while_waiting=lambda: None)


def _made(answer: Any) -> Any:
    assert answer.status_code < 400, (answer.request.path, answer.text[:2000])
    return answer


def _row(table: str, **values: Any) -> int:
    there = db.metadata.tables[table]
    key = db.session.execute(there.insert().values(**values)).inserted_primary_key
    db.session.commit()
    assert key is not None
    return int(key[0])


def _last(table: str, person: User) -> int:
    """What happens on the board of one may make something for another."""
    there = db.metadata.tables[table]
    theirs = [there.c.user_id == person.id] if "user_id" in there.c else []
    found = db.session.scalar(select(func.max(there.c.id)).where(*theirs))
    assert found, f"none of {table} was made"
    return int(found)
