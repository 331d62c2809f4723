"""A field that opens a list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyledItemDelegate, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, Radius, Space, TextRole, active
from studio.ui.theme.paint import fill_box, paint_chevron, paint_field
from studio.ui.widgets.label import Label
from studio.ui.widgets.popover import clip_corners, round_corners
from studio.ui.widgets.themed import Themed

_PADDING = 9
_CHEVRON = 12


class ComboBox(Themed, QComboBox):
    """A list to choose one value from. `small` makes it 24 px high with a grey face, for headings and cards.

    The wheel changes nothing until the box has the focus, so scrolling a panel never changes a setting."""

    def __init__(self, *, name: str = "", small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._small = small
        self._told_name = Label()
        self.destroyed.connect(self._told_name.deleteLater)
        self.set_name(name)
        self._follow_parent()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # also when its words change language
        self._open = False
        self._popup: QWidget | None = None
        self.restyle()

    def set_name(self, name: str) -> None:
        """What screen readers call the box; they read it before its value.

        On Linux and macOS Qt gives the value as the name of a box, and looks for a label beside it that names it."""
        super().setAccessibleName(name)
        self._told_name.setText(name)

    def setAccessibleName(self, name: str) -> None:
        """The same as `set_name`: who knows only Qt's word shall not leave Linux without a name."""
        self.set_name(name)

    def _follow_parent(self) -> None:
        """Qt looks for the label of a box among the children of its parent, also for one that is not shown."""
        self._told_name.setParent(self.parentWidget())
        self._told_name.setBuddy(self)
        self._told_name.hide()

    @safe_override(None)
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ParentChange:
            self._follow_parent()

    def add_options(self, options: list[tuple[str, object]]) -> None:
        """Add (text, value) pairs."""
        for text, value in options:
            self.addItem(text, value)

    def set_value(self, value: object) -> None:
        """Choose by value without a signal; a value that is not there leaves nothing chosen."""
        self.blockSignals(True)
        self.setCurrentIndex(next((i for i in range(self.count()) if self.itemData(i) == value), -1))
        self.blockSignals(False)
        self.update()

    def value(self) -> object:
        return self.currentData()

    def restyle(self) -> None:
        theme = active()
        self.setFont(theme.font(TextRole.SMALL if self._small else TextRole.BASE))
        self.setFixedHeight(theme.scaled(Height.SMALL if self._small else Height.CONTROL))

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        return QSize(widest + 2 * _PADDING + _CHEVRON + Space.S, self.height())

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 64), self.height())

    @safe_override(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @safe_override(None)
    def showPopup(self) -> None:
        view = self.view()  # made by the first call; most boxes are never opened
        if self._popup is None:
            view.setItemDelegate(QStyledItemDelegate(view))  # the style sheet of the list needs a styled delegate
            self._popup = view.window()  # held: what we hang on its wrapper dies with the wrapper
            round_corners(self._popup)
        view.setFont(active().font(TextRole.BASE))
        widest = max((view.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        view.setMinimumWidth(max(self.width() - 2, widest + 40))
        self._open = True
        super().showPopup()
        clip_corners(self._popup)  # Qt takes the shape away while it opens the list
        self.update()

    @safe_override(None)
    def hidePopup(self) -> None:
        super().hidePopup()
        self._open = False
        self.update()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self.tokens
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        open_or_focused = self.hasFocus() or self._open
        if self._small and not open_or_focused:
            face = tokens.control_hover if self.underMouse() and self.isEnabled() else tokens.control
            fill_box(painter, self.rect(), Radius.SMALL, face, tokens.control_border)
        else:
            paint_field(painter, self.rect(), Radius.CONTROL, tokens, focused=open_or_focused)
        text = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        room = QRectF(_PADDING, 0, self.width() - 2 * _PADDING - _CHEVRON - 4, self.height())
        painter.setPen(tokens.text if self.currentIndex() >= 0 else tokens.text3)
        painter.setFont(self.font())
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        arrow = QRectF(self.width() - _PADDING - _CHEVRON, 0, _CHEVRON, self.height())
        paint_chevron(painter, arrow, tokens.text2, degrees=90)
        painter.end()
