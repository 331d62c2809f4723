"""A hair line between two parts of a panel, a card or a list."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme.paint import horizontal_hair
from studio.ui.widgets.themed import Themed


class Rule(Themed, QWidget):
    """One device pixel high to the eye, one logical pixel to the layout."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        horizontal_hair(painter, 0, self.width(), 0, self.tokens.hair)
        painter.end()
