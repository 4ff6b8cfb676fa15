"""Stand-ins for the networks, to try things out with."""

import re

import httpx

from tests.patience import until


def test_they_say_how_to_use_them_and_what_is_published(start):
    program = start("demo", "--networks")
    until(lambda: "What is published there:" in program.said, or_else=lambda: program.complained)
    assert "publishing.x.api=http://127.0.0.1:" in program.said
    telegram = re.search(r"publishing\.telegram\.api=(http://[0-9.:]+)", program.said)[1]
    token = re.search(r"token (\S+),", program.said)[1]
    said = {"chat_id": "@orchard_news", "text": "The kettle is on."}
    assert httpx.post(f"{telegram}/bot{token}/sendMessage", json=said).json()["ok"]
    until(lambda: "Telegram: The kettle is on." in program.said, or_else=lambda: program.said)
