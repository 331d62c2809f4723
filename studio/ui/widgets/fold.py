"""Sections with a heading that fold."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, Radius, RingShape, Space, TextRole, active
from studio.ui.theme.paint import horizontal_hair, paint_chevron
from studio.ui.widgets.button import is_hovered
from studio.ui.widgets.themed import PlainCaption, Themed

_ARROW = 14


class _Heading(PlainCaption, Themed, QPushButton):
    """The heading: a checkable button, checked while the section is open."""

    focus_ring = RingShape(Radius.SMALL, gap=-3)

    def __init__(self, title: str, parent: QWidget, *, with_arrow: bool) -> None:
        super().__init__(parent)
        self.setText(title)
        self._with_arrow = with_arrow
        self.setCheckable(True)
        self.setChecked(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if with_arrow else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(active().font(TextRole.BASE, 600))
        self.setFixedHeight(active().scaled(Height.ROW))

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        arrow = _ARROW + Space.S if self._with_arrow else 0
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + arrow, self.height())

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.height())

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0
        if self._with_arrow:
            colour = self.tokens.text if is_hovered(self) else self.tokens.text2
            paint_chevron(
                painter, QRectF(0, 0, _ARROW, self.height()), colour, degrees=90 if self.isChecked() else 0, side=12
            )
            left = _ARROW + 6
        painter.setFont(self.font())
        painter.setPen(self.tokens.text)
        room = QRectF(left, 0, self.width() - left, self.height())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class FoldSection(Themed, QWidget):
    """A heading of 32 px over a content. `folded` comes when the user opens or closes it, to be remembered.

    With `foldable=False` it is a plain section. A hair line at the top separates it from the one above."""

    folded = Signal(bool)

    def __init__(
        self,
        title: str = "",
        *,
        foldable: bool = True,
        open_: bool = True,
        hair: bool = True,
        padding: int = Space.PANEL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hair = hair
        self._heading = _Heading(title, self, with_arrow=foldable)
        self._head_row = QHBoxLayout()
        self._head_row.setContentsMargins(padding, 4, padding, 0)
        self._head_row.setSpacing(Space.XS)
        self._head_row.addWidget(self._heading, 1)
        self.content = QWidget(self)
        self._body = QVBoxLayout(self.content)
        self._body.setContentsMargins(padding, Space.XXS, padding, Space.M)
        self._body.setSpacing(Space.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head_row)
        column.addWidget(self.content)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_open(open_)
        if foldable:
            self._heading.clicked.connect(self._clicked)
        else:
            self._heading.setCheckable(False)
            self._heading.setEnabled(True)

    def body(self) -> QVBoxLayout:
        """The column to put the content into."""
        return self._body

    def add_to_heading(self, widget: QWidget) -> None:
        """Put a button or a note at the right end of the heading."""
        self._head_row.addWidget(widget)

    def set_title(self, title: str) -> None:
        self._heading.setText(title)

    def title(self) -> str:
        return self._heading.text()

    def heading(self) -> QPushButton:
        """The button that folds; its checked state tells whether the section is open."""
        return self._heading

    def is_open(self) -> bool:
        return not self.content.isHidden()

    def set_open(self, open_: bool) -> None:
        """Open or fold without a signal."""
        if self._heading.isCheckable():
            self._heading.setChecked(open_)
        self.content.setVisible(open_)

    def _clicked(self) -> None:
        self.set_open(self._heading.isChecked())
        self.folded.emit(not self.is_open())

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._hair:
            painter = QPainter(self)
            horizontal_hair(painter, 0, self.width(), 0, self.tokens.hair)
            painter.end()
