"""What plugins have to say in a person's weekly summary."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from host.models import User
from host.plugging.gather import gather
from host.plugging.plugin import SummarySection


def summary_of(person: User, since: datetime) -> Sequence[SummarySection]:
    """The sections that have something to say, by weight and then by their plugins' names."""
    told = [
        replace(section, plugin=name)
        for name, sections in gather("summary_sections", person=person, since=since)
        for section in sections
        if section.lines
    ]
    return sorted(told, key=lambda section: section.weight)
