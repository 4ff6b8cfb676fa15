"""The shape of the code. What does not fit wants a better noun, not a squeeze."""

import ast
from pathlib import Path
from statistics import median

from tests.contract.source import CODE, ROOT, functions, modules, shown

FILE, MEDIAN_FILE = 400, 100
FUNCTION, MEDIAN_FUNCTION = 50, 8
TESTS_TO_CODE = (1.0, 1.8)


def test_files_are_small():
    lengths = {shown(path): len(path.read_text().splitlines()) for path in modules(*CODE)}
    assert {name: lines for name, lines in lengths.items() if lines > FILE} == {}
    assert median(lengths.values()) <= MEDIAN_FILE


def test_functions_are_small():
    lengths = {
        f"{shown(path)}:{function.lineno} {function.name}": body_lines(function)
        for path in modules(*CODE)
        if "migrations" not in path.parts  # a migration is a list of tables
        for function in functions(path)
    }
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION} == {}
    assert median(lengths.values()) <= MEDIAN_FUNCTION


def test_tests_keep_pace_with_the_code():
    least, most = TESTS_TO_CODE
    assert least <= written(ROOT / "tests") / written(*CODE) <= most


def test_no_module_is_a_drawer():
    drawers = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [shown(path) for path in modules(*CODE, ROOT / "tests") if path.stem in drawers] == []


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From `def` to the last line, its docstring not counted."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def written(*folders: Path) -> int:
    """Lines that are not blank."""
    return sum(bool(line.strip()) for path in modules(*folders) for line in path.read_text().splitlines())
