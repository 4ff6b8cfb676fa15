"""The tests that our documentation shows are tests."""

import inspect
import re

import pytest

from tests.contract.source import ROOT, shown

SAMPLE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGES = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "plugins").rglob("*.md"))]
SAMPLES = [
    pytest.param(text, id=f"{shown(page)}:{number}")
    for page in PAGES
    for number, text in enumerate(SAMPLE.findall(page.read_text()), 1)
    if re.search(r"^def test_", text, re.MULTILINE)
]


@pytest.mark.parametrize("sample", SAMPLES)
def test_sample_holds(sample, request, database):
    names = {}
    exec(sample, names)
    for test in [value for name, value in names.items() if name.startswith("test_")]:
        test(*(request.getfixturevalue(name) for name in inspect.signature(test).parameters))
