"""What is measured is still there: nothing else imports the benches, and no test has the time to run them."""

import subprocess
import sys

from tests.contract.source import ROOT


def test_every_bench_can_be_read():
    names = sorted(path.stem for path in (ROOT / "bench").glob("bench_*.py"))
    assert "bench_idle" in names
    done = subprocess.run([sys.executable, "-c", f"import {', '.join(names)}"], cwd=ROOT / "bench", capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
