"""The frame of the program: toolbar on top, composer, centre and details side by side, status bar below."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from studio.ui.theme import active
from studio.ui.translation import Translated
from studio.ui.widgets import MessageBar, safe_override, set_surface
from studio.ui.widgets.splitter import Splitter
from studio.ui.widgets.tab_order import OrderedTabs
from studio.ui.window.status_bar import StatusBar
from studio.ui.window.toolbar import Toolbar

MINIMUM_SIZE = QSize(1024, 680)
_DEFAULT_SIZE = QSize(1440, 900)
_OVERLAY_BELOW_PX = 1280
"""Narrower than this, details lie over the gallery and Escape closes them."""


def default_widths(window_width: int) -> tuple[int, int]:
    """Composer and details for a window width, by the table of the interface specification; they grow with the text."""
    if window_width < _OVERLAY_BELOW_PX:
        widths = 304, 288
    elif window_width < 1600:
        widths = 336, 288
    elif window_width < 2200:
        widths = 360, 320
    else:
        widths = 400, 360
    return active().scaled(widths[0]), active().scaled(widths[1])


class MainWindow(Translated, OrderedTabs, QMainWindow):
    """Holds the regions; knows nothing of what is in them. `put_*` fills a region once its panel exists."""

    close_requested = Signal()
    narrowed = Signal(bool)
    """True while the details lie over the gallery."""

    def __init__(self, views: tuple[str, ...] = ("runs", "grid", "compare")) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setWindowTitle("Prompt Studio")
        self.setMinimumSize(MINIMUM_SIZE)
        self._may_close = False
        self._overlay = False
        self._side: QWidget | None = None
        self._composer_before_side = True
        self.menu = QMenu(self)
        self.toolbar = Toolbar(self.menu, views, self)
        self.message_bar = MessageBar(self)
        self.centre = QStackedWidget(self)
        self.status = StatusBar(self)
        self.composer_region = _Region("panel", self)
        self.details_region = _Region("panel", self)
        self._centre_region = _Region("canvas", self)
        self._centre_region.rows.addWidget(self.message_bar)
        self._centre_region.rows.addWidget(self.centre, 1)
        self.splitter = Splitter(Qt.Orientation.Horizontal, self)
        self._arrange()
        self.toolbar.composer_toggled.connect(self._show_composer)
        self.toolbar.details_toggled.connect(self._show_details)
        self.splitter.splitterMoved.connect(self._follow_composer)
        self._restore()
        active().changed.connect(self._follow_text_size)
        self.retranslate()

    def _arrange(self) -> None:
        self._centre_region.setMinimumWidth(420)
        self._limit_widths()
        for index, region in enumerate((self.composer_region, self._centre_region, self.details_region)):
            self.splitter.addWidget(region)
            self.splitter.setCollapsible(index, False)
            self.splitter.setStretchFactor(index, 1 if index == 1 else 0)
        central = QWidget(self)
        rows = QVBoxLayout(central)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.toolbar)
        rows.addWidget(self.splitter, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(central)

    def _limit_widths(self) -> None:
        self._text_percent = active().scale_percent
        for region, least in ((self.composer_region, 300), (self.details_region, 260)):
            region.setMinimumWidth(active().scaled(least))
            region.setMaximumWidth(active().scaled(480))

    def _follow_text_size(self) -> None:
        if active().scale_percent != self._text_percent:
            self._limit_widths()
            self.reset_widths()

    def put_composer(self, panel: QWidget) -> None:
        self.composer_region.rows.addWidget(panel)

    def put_details(self, panel: QWidget) -> None:
        self.details_region.rows.addWidget(panel)

    def show_side(self, side: QWidget | None) -> None:
        """Put another panel in the place of the details, and the composer away; None brings both back."""
        if side is self._side:
            return
        if self._side is None:
            self._composer_before_side = self.toolbar.composer_toggle.isChecked()
        rows = self.details_region.rows
        if side is not None and rows.indexOf(side) < 0:
            rows.addWidget(side)
        for index in range(rows.count()):
            item = rows.itemAt(index)
            panel = item.widget() if item is not None else None
            if panel is not None:
                panel.setVisible(panel is side if side is not None else index == 0)
        self._side = side
        self._choose_overlay()
        self.toolbar.composer_toggle.setChecked(self._composer_before_side if side is None else False)

    def put_line(self, line: QWidget) -> None:
        """Something that is told above the pages of the centre for as long as the window is open."""
        self._centre_region.rows.insertWidget(0, line)

    def put_page(self, page: QWidget) -> None:
        """Add a page of the centre; `show_page` brings it to the front."""
        self.centre.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        self.centre.setCurrentWidget(page)

    def add_shortcut(self, name: str, keys: str, action: QAction | None = None) -> QAction:
        """An action of the window with a shortcut; its object name is what Preferences > Shortcuts lists."""
        action = action or QAction(self)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.addAction(action)
        return action

    def retranslate(self) -> None:
        self.composer_region.setAccessibleName(self.tr("Composer"))
        self._centre_region.setAccessibleName(self.tr("Gallery"))
        self.details_region.setAccessibleName(self.tr("Details"))

    # ------------------------------------------------------------------------------------------------ regions
    def _show_composer(self, shown: bool) -> None:
        self.composer_region.setVisible(shown)

    def _show_details(self, shown: bool) -> None:
        self.details_region.setVisible(shown)
        if self._overlay and shown:
            self._lay_over()

    def show_details_beside(self) -> None:
        """Show the details where there is room for them beside the gallery."""
        if not self._overlay:
            self.toolbar.details_toggle.setChecked(True)

    def hide_overlay(self) -> bool:
        """Close details that lie over the gallery; whether there was something to close."""
        if not (self._overlay and self.details_region.isVisible()):
            return False
        self.toolbar.details_toggle.setChecked(False)
        return True

    def _choose_overlay(self) -> None:
        """Details lie over what is narrow. What belongs to a page, such as the vote, stands beside it: the composer has
        made room."""
        self._set_overlay(self.width() < _OVERLAY_BELOW_PX and self._side is None)

    def _set_overlay(self, overlay: bool) -> None:
        if overlay == self._overlay:
            return
        self._overlay = overlay
        shown = self.toolbar.details_toggle.isChecked()
        if overlay:
            self.details_region.setParent(self.centralWidget())
            self.toolbar.details_toggle.setChecked(False)
        else:
            self.splitter.addWidget(self.details_region)
            self.splitter.setCollapsible(2, False)
            self.details_region.setVisible(shown)
            composer, details = self.splitter.sizes()[0], default_widths(self.width())[1]
            self.splitter.set_default(2, details)
            self.splitter.setSizes([composer, max(420, self.width() - composer - details), details])
        self.narrowed.emit(overlay)

    def _lay_over(self) -> None:
        width = default_widths(self.width())[1]
        top, height = self.splitter.y(), self.splitter.height()
        self.details_region.setGeometry(self.width() - width, top, width, height)
        self.details_region.raise_()

    def _follow_composer(self) -> None:
        sizes = self.splitter.sizes()
        if self.composer_region.isVisible():
            self.toolbar.set_composer_width(sizes[0])

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_overlay()
        if self._overlay and self.details_region.isVisible():
            self._lay_over()
        before, now = default_widths(event.oldSize().width()), default_widths(self.width())
        if before != now:
            self.reset_widths()
        self._follow_composer()

    def reset_widths(self) -> None:
        composer, details = default_widths(self.width())
        self.splitter.set_default(0, composer)
        self.toolbar.set_composer_width(composer)
        middle = max(420, self.width() - composer - (0 if self._overlay else details))
        if self._overlay:
            self.splitter.setSizes([composer, middle])
        else:
            self.splitter.set_default(2, details)
            self.splitter.setSizes([composer, middle, details])

    # ------------------------------------------------------------------------------------------------ life
    def _restore(self) -> None:
        stored = QSettings()
        geometry = stored.value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(_DEFAULT_SIZE)
        self.reset_widths()
        sizes = stored.value("window/widths")
        if isinstance(sizes, list) and len(sizes) == self.splitter.count():
            self.splitter.setSizes([int(size) for size in sizes])
        self.toolbar.composer_toggle.setChecked(stored.value("window/composer", True, bool) is not False)
        if self.width() >= _OVERLAY_BELOW_PX:
            self.toolbar.details_toggle.setChecked(stored.value("window/details", True, bool) is not False)

    def keep_geometry(self) -> None:
        """Remember size, place and panel widths for the next start."""
        stored = QSettings()
        stored.setValue("window/geometry", self.saveGeometry())
        stored.setValue("window/widths", self.splitter.sizes())
        stored.setValue("window/composer", self.toolbar.composer_toggle.isChecked())
        stored.setValue("window/details", self.toolbar.details_toggle.isChecked())

    def allow_close(self) -> None:
        """From now on the window really closes: the studio has been shut down."""
        self._may_close = True

    @safe_override(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.keep_geometry()
        self.close_requested.emit()


class _Region(QWidget):
    """A third of the window, filled when its panel is ready."""

    def __init__(self, surface: str, parent: QWidget) -> None:
        super().__init__(parent)
        set_surface(self, surface)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
