"""What the window remembers is known at once and written by another thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from studio.ui import remembered
from studio.ui.remembered import remember


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    before = Path(QSettings().fileName()).parent.parent
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    remembered.open_anew()
    yield tmp_path
    remembered.open_anew()
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(before))


def written(folder: Path) -> str:
    """All settings on the disk. Opening them would write them."""
    return "".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.conf"))


def test_values_are_written_by_another_thread(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []
    sync = remembered._sync

    def noted() -> None:
        threads.append(threading.get_ident())
        sync()

    monkeypatch.setattr(remembered, "_sync", noted)
    for percent in range(40):
        remember("gallery/tile", percent)
    assert "tile" not in written(folder)
    qtbot.waitUntil(lambda: "tile=39" in written(folder), timeout=60_000)
    assert threads
    assert threading.get_ident() not in threads


def test_a_value_is_known_at_once(folder: Path) -> None:
    remember("gallery/tile", 12)
    assert QSettings().value("gallery/tile", 0, int) == 12


def test_settings_that_are_written_in_the_usual_way_take_the_rest_along(folder: Path) -> None:
    remember("gallery/tile", 12)
    QSettings().setValue("window/composer", True)
    assert "tile=12" in written(folder)
