"""The bar at the top: menu, name, views, search, export, preferences, panel toggles. Height 44."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from studio.ui.theme import IconSize, Space, TextRole, active, paint_icon
from studio.ui.translation import Translated
from studio.ui.widgets import (
    Button,
    ButtonKind,
    IconButton,
    Label,
    LineField,
    Option,
    Segments,
    Sign,
    Themed,
    safe_override,
    set_available,
    set_surface,
    shortcut_text,
)

TOOLBAR_HEIGHT = 44
_SEARCH_WIDTHS = (140, 360)
_HINT_FROM_PX = 220
_COMPACT_BELOW = 1120
"""Narrower than this, Export loses its words before anything loses its place."""


class _SearchGlass(Themed, QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(IconSize.ROW, IconSize.ROW)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, "search", QRectF(self.rect()), self.tokens.text3)
        painter.end()


class Toolbar(Translated, QWidget):
    """Signals only: the window decides what they do. `set_composer_width` keeps the toggle at the composer's edge."""

    composer_toggled = Signal(bool)
    details_toggled = Signal(bool)
    view_chosen = Signal(object)
    """``runs``, ``grid`` or ``compare``."""
    search_changed = Signal(str)
    search_entered = Signal(str)
    search_left = Signal()
    """Down in the search: on to what was found."""
    export_clicked = Signal()
    preferences_clicked = Signal()

    def __init__(self, menu: QMenu, views: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "window")
        self.setFixedHeight(TOOLBAR_HEIGHT)
        self._views = views
        self._selected = 0
        self._blind = False
        self._covered_search = ""
        self.menu_button = IconButton("menu", parent=self)
        self.menu_button.setMenu(menu)
        self._title = Label("Prompt Studio", role=TextRole.PROMPT, weight=600, parent=self)
        self.composer_toggle = IconButton("panel-left", shortcut="Ctrl+B", checkable=True, parent=self)
        self.composer_toggle.setChecked(True)
        self.segments = Segments(parent=self)
        self.search = LineField(parent=self)
        self._search_hint = Label(shortcut_text("Ctrl+F"), role=TextRole.SMALL, tone="text3", parent=self)
        self.export_button = Button(kind=ButtonKind.QUIET, icon_name="download", parent=self)
        self._hidden_sign = Sign("eye-off", tone="text2", parent=self)
        self._hidden_words = Label(tone="text2", weight=500, parent=self)
        self.preferences_button = IconButton("settings", shortcut="Ctrl+,", parent=self)
        self.details_toggle = IconButton("panel-right", shortcut="Ctrl+I", checkable=True, parent=self)
        self.details_toggle.setChecked(True)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self._left = QWidget(self)
        left = QHBoxLayout(self._left)
        left.setContentsMargins(Space.S, 0, Space.S, 0)
        left.setSpacing(Space.S)
        left.addWidget(self.menu_button)
        left.addWidget(self._title)
        left.addStretch(1)
        left.addWidget(self.composer_toggle)
        self.search.add_leading(_SearchGlass(self.search))
        self.search.add_trailing(self._search_hint)
        self._search_hint.setContentsMargins(0, 0, Space.S, 0)
        self.search.setMinimumWidth(_SEARCH_WIDTHS[0])
        self.search.setMaximumWidth(_SEARCH_WIDTHS[1])
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, Space.S, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addSpacing(Space.L)
        row.addWidget(self.segments)
        row.addSpacing(Space.M)
        row.addWidget(self.search, 3)
        row.addStretch(2)
        row.addWidget(self._hidden_sign)
        row.addSpacing(Space.XS)
        row.addWidget(self._hidden_words)
        row.addSpacing(Space.S)
        row.addWidget(self.export_button)
        row.addSpacing(Space.M)
        row.addWidget(self.preferences_button)
        row.addSpacing(Space.XS)
        row.addWidget(self.details_toggle)

    def _connect(self) -> None:
        self.composer_toggle.toggled.connect(self.composer_toggled)
        self.details_toggle.toggled.connect(self.details_toggled)
        self.segments.chosen.connect(self.view_chosen)
        self.search.edit.textChanged.connect(self._search_typed)
        self.search.edit.returnPressed.connect(lambda: self.search_entered.emit(self.search.text()))
        self.search.edit.installEventFilter(self)
        self.search.installEventFilter(self)
        self.export_button.clicked.connect(self.export_clicked)
        self.preferences_button.clicked.connect(self.preferences_clicked)

    def set_composer_width(self, width_px: int) -> None:
        self._left.setFixedWidth(max(200, width_px))

    def set_view(self, view: str) -> None:
        self.segments.set_value(view)

    def set_selected_count(self, count: int) -> None:
        """How many images Export would take; 0 disables it."""
        self._selected = count
        self._name_export()

    def set_blind(self, blind: bool) -> None:
        """While a vote is blind: say so, export nothing, since files carry names, and cover what was searched for: it
        may be a model."""
        if blind and not self._blind:
            self._covered_search = self.search.text()
            self.set_search_text("")
        elif self._blind and not blind:
            self._blind = False
            self.set_search_text(self._covered_search)
        self._blind = blind
        for part in (self.search, self.search.edit):  # the frame shows it, the field tells it
            set_available(part, not blind, self.tr("Not while you vote blind."))
        self._hidden_sign.setVisible(blind)
        self._hidden_words.setVisible(blind and self.width() >= _COMPACT_BELOW)
        self._name_export()

    def open_menu(self) -> None:
        """F10: the main menu at its button, its first entry chosen."""
        menu = self.menu_button.menu()
        if menu is not None:
            menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))
            first = next((action for action in menu.actions() if action.isEnabled() and not action.isSeparator()), None)
            if first is not None:
                menu.setActiveAction(first)

    def focus_search(self) -> None:
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    def set_search_text(self, text: str) -> None:
        """Show a query that came from elsewhere, without announcing it; while a vote is blind, after it."""
        if self._blind:
            self._covered_search = text
            return
        self.search.edit.blockSignals(True)
        self.search.set_text(text)
        self.search.edit.blockSignals(False)
        self._show_search_hint()

    def _show_search_hint(self) -> None:
        """The key is told where the field has room for it beside its own words."""
        roomy = self.search.width() >= active().scaled(_HINT_FROM_PX)
        self._search_hint.setVisible(roomy and not self.search.text())

    def retranslate(self) -> None:
        self.menu_button.set_name(self.tr("Menu"))
        self.composer_toggle.set_name(self.tr("Composer"))
        names = {
            "runs": (self.tr("Runs"), "rows-3", "Ctrl+1"),
            "grid": (self.tr("Grid"), "layout-grid", "Ctrl+2"),
            "compare": (self.tr("Compare"), "columns-2", "Ctrl+3"),
        }
        options = [Option(view, *names[view][:2], tooltip=self._hinted(*names[view][::2])) for view in self._views]
        self.segments.set_options(options)
        self.segments.setAccessibleName(self.tr("View"))
        self.search.edit.setPlaceholderText(self.tr("Search prompts, tags, models, seeds"))
        self.search.set_name(self.tr("Search"))
        self._hidden_words.setText(self.tr("Model names hidden"))
        self.set_blind(self._blind)
        self.preferences_button.set_name(self.tr("Preferences"))
        self.details_toggle.set_name(self.tr("Details"))
        self._name_export()

    def _hinted(self, name: str, shortcut: str) -> str:
        return f"{name}  {shortcut_text(shortcut)}"

    def _name_export(self) -> None:
        words = self.tr("Export {count}...").format(count=self._selected) if self._selected else self.tr("Export...")
        self.export_button.setText(words)
        self.export_button.set_hint(shortcut_text("Ctrl+E") if self._selected else "")
        self.export_button.setAccessibleName(words)
        self.export_button.setEnabled(self._selected > 0 and not self._blind)

    def _search_typed(self, text: str) -> None:
        self._show_search_hint()
        self.search_changed.emit(text)

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leaves the search for what it found; Escape is a key of the window."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if watched is self.search and event.type() == QEvent.Type.Resize:
            self._show_search_hint()
        if watched is self.search.edit and pressed == Qt.Key.Key_Down:
            self.search_left.emit()
            return True
        return super().eventFilter(watched, event)

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.export_button.set_compact(self.width() < _COMPACT_BELOW)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = active().tokens
        painter.fillRect(self.rect(), tokens.window)
        painter.fillRect(0, self.height() - 1, self.width(), 1, tokens.line)
        painter.end()

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(1024, TOOLBAR_HEIGHT)
