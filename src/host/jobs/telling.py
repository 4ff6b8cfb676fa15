"""Telling the open pages of those who look after the installation."""

from host.live import publish_live
from host.permissions import operators

JOBS = "jobs"  # something began, ended or was changed by hand: for the jobs page
HEALTH = "health"  # another number of jobs has failed: for the dot on every page


def tell(*topics: str) -> None:
    """Once the running transaction commits."""
    people = operators()
    for account_id in {person.account_id for person in people}:
        for topic in topics:
            publish_live(topic, account_id=account_id, to=[person.id for person in people])
