"""docs/running.md lists every setting, with its default where it has one."""

import re
from dataclasses import fields
from pathlib import Path

from host.config import Config

PAGE = Path(__file__).parents[2] / "docs" / "running.md"


def documented() -> dict[str, str]:
    section = PAGE.read_text().split("\n## ")[1]  # the data folder's files stand in a table of their own
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|", section, re.MULTILINE)
    return dict(rows)


def test_every_setting_is_documented_and_nothing_else():
    assert set(documented()) == {each.name for each in fields(Config)}


def test_the_documented_defaults_are_the_real_ones():
    told = documented()
    settings = [each for each in fields(Config) if isinstance(each.default, str | int) and each.default]
    for each in settings:
        assert told[each.name] == f"`{each.default}`"
    assert {told[name] for name in ("safe", "strict")} == {"`false`"}
