"""`python bench [NAME…]`: run the measurements in `bench_*.py`, print a table of each, and keep it in `results/`."""

import importlib
import json
import sys
from pathlib import Path

from facts import facts, processors
from table import drawn

HERE = Path(__file__).parent


def main(names: list[str]) -> int:
    known = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    if unknown := sorted(set(names) - set(known)):
        print(f"There is no measurement “{unknown[0]}”. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    for name in names or known:
        run(name)
    return 0


def run(name: str) -> None:
    module = importlib.import_module(f"bench_{name}")
    print(f"\n{name}: {(module.__doc__ or '').splitlines()[0]}\n", flush=True)
    before = processors()
    rows = module.measure()
    print(drawn(rows))
    kept = HERE / "results" / f"{name}.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps({"name": name, **facts(before), "rows": rows}, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
