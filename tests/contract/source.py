"""The source of the project as the contract tests read it."""

import ast
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = (ROOT / "src" / "host", ROOT / "plugins")
PLUGINS = sorted(path.parent for path in (ROOT / "plugins").glob("*/__init__.py"))


def modules(*folders: Path) -> list[Path]:
    """The Python files below these folders that say something."""
    return sorted(path for folder in folders for path in folder.rglob("*.py") if path.stat().st_size)


def tracked() -> list[Path]:
    """Every file of the project, as git knows it or is about to."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


@cache
def functions(path: Path) -> Sequence[ast.FunctionDef | ast.AsyncFunctionDef]:
    nodes = ast.walk(ast.parse(path.read_text()))
    return [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
