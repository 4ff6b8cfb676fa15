"""The built executables, where there are any."""

import os
import runpy

import pytest

from tests.contract.source import ROOT

SMOKE = runpy.run_path(str(ROOT / "build" / "smoke.py"))
BUILT = SMOKE["built"]()
REQUIRED = bool(os.environ.get("FALLOW_REQUIRE_BUNDLE"))

pytestmark = pytest.mark.frozen


@pytest.mark.skipif(not BUILT and not REQUIRED, reason="no executable: run `make bundle`")
def test_there_are_executables():
    assert [path.parent.name for path in BUILT] == ["fallow-app", "dist"]


@pytest.mark.parametrize("executable", BUILT, ids=lambda path: path.parent.name)
def test_an_executable_does_what_the_program_does(executable):
    SMOKE["try_out"](executable)


@pytest.mark.postgres
@pytest.mark.parametrize("executable", BUILT, ids=lambda path: path.parent.name)
def test_an_executable_serves_a_team_on_postgresql(executable, postgres, tmp_path):
    program = SMOKE["Program"](executable, tmp_path, postgres.empty(tmp_path))
    SMOKE["begins"](program)
    SMOKE["imports_and_sweeps"](program)
    assert not (tmp_path / "fallow.db").exists()
