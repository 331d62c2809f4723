"""Dialogs: window-modal, opened without a second event loop, over a dimmed main window.

Never call `exec`: it stops every coroutine of the window. Use `open()` and the signals, or `await ask(dialog)` of
`studio.ui.tasks`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, Space, TextRole
from studio.ui.theme.paint import horizontal_hair
from studio.ui.translation import Translated, Words, written
from studio.ui.widgets.button import Button, ButtonKind
from studio.ui.widgets.context_key import answer_context_key
from studio.ui.widgets.label import Label, Paragraph
from studio.ui.widgets.tab_order import OrderedTabs
from studio.ui.widgets.themed import Themed, set_available, set_surface

_FOOTER_HEIGHT = 52
_BAND_PIXELS = 200_000
"""About so many device pixels of a window are dimmed at once."""
_kept_sizes: dict[str, QSize] = {}


class Scrim(Themed, QWidget):
    """The dimming of a window while a modal dialog is open. It keeps covering the window when that is resized.

    It comes and goes band by band, one in each turn of the event loop: what lies below is painted anew, and all of a
    full window at once takes longer than a turn may. `covered` comes when the whole window is dimmed."""

    covered = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._part = 0.0
        """How much of the window's height is dimmed."""
        self._leaving = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._move_on)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # only what is added to it is painted
        window.installEventFilter(self)
        self.come()

    @staticmethod
    def over(window: QWidget) -> Scrim:
        """The dimming of a window: a new one, or the one that an earlier dialog has just left there."""
        for child in window.children():
            if isinstance(child, Scrim) and child.is_leaving:
                child.come()
                return child
        return Scrim(window)

    @property
    def is_leaving(self) -> bool:
        return self._leaving

    def come(self) -> None:
        """Dim what is not dimmed yet."""
        self._leaving = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        self._cover()
        self.raise_()
        self.show()
        self._timer.start()

    def leave(self) -> None:
        """Let the window be bright again; the scrim deletes itself then."""
        self._leaving = True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer.start()

    def _move_on(self) -> None:
        """One band more, or one less."""
        window = self.window()
        scale = self.devicePixelRatioF()
        band = min(1.0, _BAND_PIXELS / max(1.0, window.width() * scale * window.height() * scale))
        self._part = max(0.0, self._part - band) if self._leaving else min(1.0, self._part + band)
        self._cover()
        if self._leaving and not self._part:
            self._timer.stop()
            self._leaving = False  # nobody may take it over any more
            self.hide()
            self.deleteLater()
        elif self._part == 1 and not self._leaving:
            self._timer.stop()
            self.covered.emit()

    def _cover(self) -> None:
        window = self.window()
        self.setGeometry(0, 0, window.width(), round(window.height() * self._part))

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
            self.raise_()
        return False

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.tokens.scrim)
        painter.end()


class DialogFooter(Themed, QWidget):
    """The strip at the bottom: notes at the left, buttons at the right, the primary one last."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_surface(self, "window")
        self.setMinimumHeight(_FOOTER_HEIGHT)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Space.L + Space.XS, Space.S, Space.L + Space.XS, Space.S)
        self._row.setSpacing(Space.S)
        self._stretch_at = 0
        self._row.addStretch(1)

    def add_note(self, widget: QWidget, *, stretch: int = 0) -> None:
        """Put something at the left: a note, a preset, a progress line."""
        self._row.insertWidget(self._stretch_at, widget, stretch)
        self._stretch_at += 1

    def add_button(self, button: QWidget) -> None:
        """Put a button at the right, after those already there."""
        self._row.addWidget(button)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.tokens.window)
        horizontal_hair(painter, 0, self.width(), 0, self.tokens.line)
        painter.end()


class Dialog(Translated, Themed, OrderedTabs, QDialog):
    """The base of every dialog: `body` for the content, `footer` for the buttons.

    `name` keeps its size between openings (empty: not kept). Return presses the primary button, in an editor of several
    lines Ctrl+Return does; Esc cancels. Override `retranslate` for title and words."""

    dimmed = Signal()
    """The window below is dimmed in full."""
    return_presses_primary = True
    """False where the primary button spends money: Return alone then presses only the button that has the focus."""

    def __init__(
        self,
        parent: QWidget | None,
        *,
        name: str = "",
        size: QSize | None = None,
        padding: int = Space.L + Space.XS,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._scrim: Scrim | None = None
        self._cancel_text: str | None = None
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.content = QWidget(self)
        set_surface(self.content, "panel")
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(Space.M)
        self.footer = DialogFooter(self)
        self.cancel_button = Button(height=Height.FOOTER, parent=self.footer)
        self.primary_button = Button(kind=ButtonKind.PRIMARY, height=Height.FOOTER, parent=self.footer)
        self.footer.add_button(self.cancel_button)
        self.footer.add_button(self.primary_button)
        self.cancel_button.clicked.connect(self.reject)
        self.primary_button.clicked.connect(self.primary)
        self.primary_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.content, 1)
        column.addWidget(self.footer)
        answer_context_key(self)
        self._set_first_size(size)
        self._write_cancel()

    def set_primary(self, text: str, *, hint: str = "") -> None:
        """The words of the primary button; empty hides it."""
        self.primary_button.setText(text)
        self.primary_button.set_hint(hint)
        self.primary_button.setVisible(bool(text))

    def set_primary_available(self, available: bool, reason: str = "") -> None:
        """Whether the primary button can be pressed, and why not."""
        set_available(self.primary_button, available, reason)

    def set_cancel(self, text: str) -> None:
        """Other words for the Cancel button (Close); empty hides it, Esc still works."""
        self._cancel_text = text
        self.cancel_button.setText(text)
        self.cancel_button.setVisible(bool(text))

    def primary(self) -> None:
        """What the primary button does; accepts the dialog unless overridden."""
        self.accept()

    def open(self) -> None:
        """Show the dialog over its dimmed window and return at once."""
        parent = self.parentWidget()
        if parent is not None and self._scrim is None:
            self._scrim = Scrim.over(parent.window())
            self._scrim.covered.connect(self.dimmed)
        super().open()

    def done(self, result: int) -> None:
        """Close with a result; the size is kept and the window is bright again."""
        if self._name:
            keep_size(self._name, self.size())
        if self._scrim is not None:
            self._scrim.covered.disconnect(self.dimmed)
            self._scrim.leave()
            self._scrim = None
        super().done(result)

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        returned = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if returned and event.isAutoRepeat():
            return  # the key that opened this dialog is still held down: that is no answer
        if returned and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.primary_button.isVisible() and self.primary_button.isEnabled():
                self.primary_button.click()
            return
        if returned and not self.return_presses_primary:
            focused = self.focusWidget()
            if isinstance(focused, QAbstractButton):
                focused.click()
            return
        super().keyPressEvent(event)

    @safe_override(None)
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write_cancel()
        super().changeEvent(event)

    def _write_cancel(self) -> None:
        if self._cancel_text is None:
            self.cancel_button.setText(self.tr("Cancel"))

    def _set_first_size(self, size: QSize | None) -> None:
        kept = kept_size(self._name) if self._name else None
        wanted = kept or size
        if wanted is not None:
            parent = self.parentWidget()
            if parent is not None:
                wanted = wanted.boundedTo(parent.window().size())
            self.resize(wanted)


class Question(Dialog):
    """A short question: what will happen, and a verb to do it. The answer is `QDialog.DialogCode.Accepted` or not."""

    def __init__(
        self,
        parent: QWidget | None,
        *,
        title: Words,
        text: Words,
        primary: Words,
        cancel: Words | None = None,
        details: Words = "",
    ) -> None:
        super().__init__(parent, size=QSize(440, 10))
        self._title, self._text, self._primary, self._cancel, self._details = title, text, primary, cancel, details
        self.heading = Label(role=TextRole.PROMPT, weight=600)
        self.words = Paragraph(tone="text2")
        self.details = Paragraph(role=TextRole.SMALL, tone="text2")
        for widget in (self.heading, self.words, self.details):
            self.body.addWidget(widget)
        self.body.setSpacing(Space.S)
        self.retranslate()

    def retranslate(self) -> None:
        title, text, details = written(self._title), written(self._text), written(self._details)
        self.setWindowTitle(title)
        self.setAccessibleDescription(text)
        self.heading.setText(title)
        self.words.setText(text)
        self.details.setText(details)
        self.details.setVisible(bool(details))
        self.set_primary(written(self._primary))
        if self._cancel is not None:
            self.set_cancel(written(self._cancel))

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its words are long at this width: a window does not ask that of a layout by itself."""
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))


_settings_file: list[str] = []


def keep_sizes_in(file: str) -> None:
    """Keep the sizes of dialogs in this settings file (INI) from one start to the next. Until it is called they are
    kept for this session only."""
    _settings_file[:] = [file]


def forget_sizes() -> None:
    """Open every dialog at its first size again, and keep the sizes nowhere. What is in the settings file stays."""
    _settings_file.clear()
    _kept_sizes.clear()


def keep_size(name: str, size: QSize) -> None:
    """Remember the size of the dialog called `name`."""
    _kept_sizes[name] = QSize(size)
    if _settings_file:
        QSettings(_settings_file[0], QSettings.Format.IniFormat).setValue(f"dialogs/{name}", size)


def kept_size(name: str) -> QSize | None:
    """The size that the dialog called `name` had last, or None."""
    if name in _kept_sizes:
        return _kept_sizes[name]
    if _settings_file:
        value = QSettings(_settings_file[0], QSettings.Format.IniFormat).value(f"dialogs/{name}")
        if isinstance(value, QSize) and value.isValid():
            return value
    return None
