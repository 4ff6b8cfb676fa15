"""What the tests of webhooks share."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from host import Board, Card, User, db
from plugins.webhooks.delivery import Delivery
from plugins.webhooks.webhook import Webhook
from tests.http_server import HttpServer, answer


@pytest.fixture
def receiver(allow: Callable[..., None], http_server: Callable[..., HttpServer]) -> Callable[..., HttpServer]:
    """`receiver(answer(500), answer(200))`: a server that may be reached although it is on this machine."""

    def begin(*answers: Any) -> HttpServer:
        allow("127.0.0.1/32")
        return http_server(*(answers or [answer(204)]))

    return begin


@pytest.fixture
def card(board: Board, owner: User, drain_jobs: Callable[[], int]) -> Card:
    """A card that was there before anybody listened."""
    card = board.add_card("Interview the bakers", by=owner)
    drain_jobs()
    return card


@pytest.fixture
def hook(board: Board, owner: User) -> Callable[..., Webhook]:
    """`hook(server)`: a webhook of Ada's to this server, for all events unless others are named."""

    def make(server: HttpServer | None = None, **more: Any) -> Webhook:
        url = server.url("/in") if server else "https://hooks.example/in"
        webhook = Webhook.create(more.pop("board", board), by=owner, **{"name": "Press", "url": url, **more})
        db.session.commit()
        return webhook

    return make


@pytest.fixture
def log(drain_jobs: Callable[[], int]) -> Callable[[Webhook], list[Delivery]]:
    """`log(webhook)`: its deliveries once all that is due has been done, in the order of their making."""

    def read(webhook: Webhook) -> list[Delivery]:
        id = webhook.id  # noqa: A001
        db.session.commit()
        drain_jobs()
        db.session.expire_all()
        return list(db.session.scalars(select(Delivery).filter_by(webhook_id=id).order_by(Delivery.id)))

    return read


@pytest.fixture
def news_to() -> Callable[[HttpServer], list[tuple[str, Any]]]:
    """`news_to(server)`: (kind, data) of all that it was sent."""

    def read(server: HttpServer) -> list[tuple[str, Any]]:
        bodies = [json.loads(each.body) for each in server.received]
        return [(body["type"], body["data"]) for body in bodies]

    return read
