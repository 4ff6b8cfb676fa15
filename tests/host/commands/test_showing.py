"""Tables and JSON: what lists look like."""

import json
from datetime import UTC, datetime

import click
import pytest
from click.testing import CliRunner

from host.commands import Given, given, listing, show, show_one

AT = datetime(2031, 4, 5, 6, 7, 8, tzinfo=UTC)
ROWS = [
    {"id": 1, "name": "Mara", "active": True, "at": AT},
    {"id": 12, "name": None, "active": False, "at": None},
]


@click.command()
@listing
def rows() -> None:
    show(ROWS, empty="Nobody.")


@click.command()
@listing
def none() -> None:
    show([], empty="Nobody.")


@click.command()
@listing
def one() -> None:
    show_one(ROWS[0])


def printed(command: click.Command, *words: str) -> str:
    result = CliRunner().invoke(command, words, obj=Given())
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_table_has_its_columns_under_each_other() -> None:
    assert printed(rows).splitlines() == [
        "id  name  active  at",
        "1   Mara  yes     2031-04-05 06:07",
        "12        no",
    ]


def test_the_same_as_json_keeps_types_and_exact_times() -> None:
    told = json.loads(printed(rows, "--json"))
    assert told == [
        {"id": 1, "name": "Mara", "active": True, "at": "2031-04-05T06:07:08+00:00"},
        {"id": 12, "name": None, "active": False, "at": None},
    ]


def test_an_empty_list() -> None:
    assert printed(none) == "Nobody.\n"
    assert json.loads(printed(none, "--json")) == []


def test_one_thing() -> None:
    assert printed(one).splitlines()[:2] == ["id      1", "name    Mara"]
    assert json.loads(printed(one, "--json"))["name"] == "Mara"


def test_without_a_command_line_nothing_was_given() -> None:
    assert given() == Given(data=None, json=False)


@pytest.mark.parametrize("where", ["front", "back"])
def test_json_may_stand_before_or_after_the_command(where: str) -> None:
    @click.group()
    @click.option("--json", "as_json", is_flag=True)
    @click.pass_context
    def group(ctx: click.Context, as_json: bool) -> None:
        ctx.obj = Given(json=as_json)

    group.add_command(rows)
    words = ["--json", "rows"] if where == "front" else ["rows", "--json"]
    result = CliRunner().invoke(group, words)
    assert json.loads(result.stdout)[0]["id"] == 1
