"""Where the window's files are: fonts, icons, translations."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import studio


@cache
def resource_root() -> Path:
    """The folder `resources`: beside the code in an installed program, at the top level in a checkout."""
    package = Path(studio.__file__).parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource_path(*parts: str) -> Path:
    """A file or folder below `resource_root`; it need not exist."""
    return resource_root().joinpath(*parts)
