"""What every window test needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard() -> Iterator[None]:
    """The offscreen clipboard outlives Python: what was made in Python and left in it crashes the exit."""
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()
