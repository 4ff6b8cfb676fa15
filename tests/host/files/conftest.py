"""Pictures, and bringing files."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from host.files import File
from host.files.folder import Folder
from host.models import User

Keep = Callable[..., File]


@pytest.fixture
def folder(app: Flask) -> Folder:
    """Where this program stores what files hold."""
    return Folder(app.extensions["fallow"].config.data / "files")


@pytest.fixture
def keep(owner: User) -> Keep:
    """`keep(b"…", "pear.txt")`: a file that Ada brought, not committed."""
    return lambda content=b"a pear", name="pear.txt", by=owner: File.keep(BytesIO(content), name, by)


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """`picture("PNG", 30, 20)`: one with so many pixels."""

    def made(format: str = "PNG", width: int = 30, height: int = 20, **more: Any) -> bytes:  # noqa: A002
        image = Image.effect_noise((width, height), 40).convert("RGB")  # noise, or nothing of it could be cut off
        image.save(written := BytesIO(), format, **more)
        return written.getvalue()

    return made


def stored(folder: Folder) -> list[Path]:
    """The files that there are below it."""
    return [path for path in folder.path.rglob("*") if path.is_file()]
