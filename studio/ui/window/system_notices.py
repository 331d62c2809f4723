"""News through the desktop while the window is in the background: a notification, the task bar, the window's title."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from studio.ui.overrides import safe_override
from studio.ui.window.main_window import MainWindow

_SHOWN_MS = 10_000


class SystemNotices(QObject):
    """`tell` asks for attention in every way the desktop has; all of it is gone when the user comes back.

    A desktop shows a program's notifications only beside an icon in its tray; that icon is there for as long as
    there is something to see. Desktops without a tray get the task bar and the title."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._title = ""
        self._icon: QSystemTrayIcon | None = None
        window.installEventFilter(self)

    def tell(self, title: str, text: str) -> None:
        """A short title and a line of text. Nothing in it may be secret: lock screens show it."""
        if not self._title:
            self._title = self._window.windowTitle()
        self._window.setWindowTitle(f"{title} - {self._title}")
        QApplication.alert(self._window)
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._icon.messageClicked.connect(self._come_back)
            self._icon.activated.connect(lambda _reason: self._come_back())
        self._icon.show()
        self._icon.showMessage(title, text, QApplication.windowIcon(), _SHOWN_MS)

    def settle(self) -> None:
        """The user is back."""
        if self._title:
            self._window.setWindowTitle(self._title)
            self._title = ""
        if self._icon is not None:
            self._icon.hide()

    def _come_back(self) -> None:
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self.settle()
        return False
