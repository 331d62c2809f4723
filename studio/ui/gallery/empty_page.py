"""What stands in the centre when there is nothing to show: one sentence and one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.theme import RingShape
from studio.ui.translation import Translated
from studio.ui.widgets import Button, ButtonKind, Label, Themed


class EmptyPage(Translated, Themed, QWidget):
    """`clear_asked` comes from "Clear filters". It takes the focus in place of the images, which nobody sees then."""

    focus_ring = RingShape(0, gap=-2)

    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "loading"
        self._words = Label(tone="text2", parent=self)
        self._button = Button(kind=ButtonKind.CONTROL, parent=self)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._button.clicked.connect(self.clear_asked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retranslate()

    def show_kind(self, kind: str) -> None:
        """``loading``, ``empty`` (nothing was made yet), ``empty bin`` or ``no match``."""
        self._kind = kind
        self.retranslate()

    @property
    def words(self) -> str:
        return self._words.text()

    def retranslate(self) -> None:
        self._button.setText(self.tr("Clear filters"))
        self._button.setVisible(self._kind in {"no match", "empty bin"})
        if self._kind == "loading":
            self._words.setText(self.tr("Reading library"))
        elif self._kind == "empty":
            self._words.setText(self.tr("Images appear here. Write a prompt and press Generate."))
        elif self._kind == "empty bin":
            self._words.setText(self.tr("The bin is empty."))
        else:
            self._words.setText(self.tr("No image matches these filters."))
        self.setAccessibleName(self._words.text())
        proxy = self._button if self._kind in {"no match", "empty bin"} else None
        self.setFocusProxy(proxy)  # type: ignore[arg-type]  # Qt takes None, its stubs do not say so
        self._button.setAccessibleDescription(self._words.text())
