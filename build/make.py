"""Build the executables: `python build/make.py` for both, `--folder` or `--file` for one.

dist/fallow-app/ is the program as a folder, dist/fallow the same as one file. Both are made from an ordinary install of
this project in an environment of its own (.work/buildenv): an editable one has no templates and no plugins to collect.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / ".work"
ENVIRONMENT = WORK / "buildenv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MADE_FOR = ENVIRONMENT / "made-for"
KINDS = {"--folder": "0", "--file": "1"}


def main(wanted: list[str]) -> None:
    prepare()
    install_ours()
    for kind in wanted or KINDS:
        bundle(KINDS[kind])


def prepare() -> None:
    """An environment with what we depend on; kept as long as that stays the same."""
    if MADE_FOR.is_file() and MADE_FOR.read_text() == needs():
        return
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    venv.create(ENVIRONMENT, with_pip=True)
    pip("install", f"{ROOT}[desktop,server]", "--constraint", str(ROOT / "constraints.txt"))
    MADE_FOR.write_text(needs())


def needs() -> str:
    """A print of what decides the environment's content."""
    files = (ROOT / "pyproject.toml", ROOT / "constraints.txt")
    return hashlib.sha256(sys.version.encode() + b"".join(file.read_bytes() for file in files)).hexdigest()


def install_ours() -> None:
    """This project as it is now."""
    pip("install", "--force-reinstall", "--no-deps", str(ROOT))


def bundle(one_file: str) -> None:
    target = ROOT / "dist" / ("fallow" if one_file == "1" else "fallow-app")
    shutil.rmtree(target, ignore_errors=True)
    command = [PYTHON, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--workpath", WORK / "pyinstaller", "--distpath", ROOT / "dist", ROOT / "build" / "fallow.spec"]
    # Not the caller's: a module there must not get into the program, and another build's cache may be in use.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"FALLOW_ONE_FILE": one_file, "PYINSTALLER_CONFIG_DIR": str(WORK / "pyinstaller-cache")}
    subprocess.run(command, check=True, cwd=WORK, env=environment)
    print(f"{target.relative_to(ROOT)}: {size(target) / 1e6:.0f} MB")


def size(path: Path) -> int:
    return sum(file.lstat().st_size for file in ([path] if path.is_file() else path.rglob("*")))


def pip(*arguments: str) -> None:
    subprocess.run([PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True)


if __name__ == "__main__":
    if unknown := set(sys.argv[1:]) - set(KINDS):
        sys.exit(f"{unknown.pop()}: this takes --folder, --file or nothing")
    main(sys.argv[1:])
