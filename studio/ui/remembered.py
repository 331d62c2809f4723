"""What the window remembers from one start to the next, kept in QSettings and written without holding anybody up.

Qt writes its settings on the thread that changed them: with a lock, a new file and a sync of the disk, which takes from
three to thirteen milliseconds. Here a change is known at once, to every `QSettings()` of this program, and gets to the
disk a moment later on another thread. Whoever opens or writes settings in the usual way before that, as the window does
when it closes, writes it along with the rest."""

from __future__ import annotations

from threading import Thread
from typing import Any

from PySide6.QtCore import QEvent, QSettings, QTimer

from studio.ui.overrides import safe_override

_DELAY_MS = 500
"""Changes that follow each other closely, as those of a slider, are written once."""
_kept: list[_Kept] = []


class _Kept(QSettings):
    """Lives on, since settings are written by whoever holds changed ones when they go away."""

    def __init__(self) -> None:
        super().__init__()
        self.writes = QTimer(self)
        self.writes.setSingleShot(True)
        self.writes.setInterval(_DELAY_MS)
        self.writes.timeout.connect(_write)

    @safe_override(True)
    def event(self, event: QEvent) -> bool:
        """Qt asks for writing in the next turn of the event loop."""
        return event.type() == QEvent.Type.UpdateRequest or super().event(event)


def remember(key: str, value: Any) -> None:
    """Keep a value under `key` (``gallery/tile``). On the GUI thread."""
    if not _kept:
        _kept.append(_Kept())
    _kept[0].setValue(key, value)
    _kept[0].writes.start()


def open_anew() -> None:
    """The settings are at another place from now on (`QSettings.setPath`)."""
    _kept.clear()


def _write() -> None:
    Thread(target=_sync, name="studio-settings", daemon=True).start()


def _sync() -> None:
    """All settings of one file share what they hold, so that any of them writes it."""
    QSettings().sync()
