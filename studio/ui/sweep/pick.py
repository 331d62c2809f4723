"""Small panels of the cards: type a value, pick values from a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from studio.ui.theme import Height, Space, TextRole, active
from studio.ui.translation import translate
from studio.ui.widgets import Button, Label, LineField
from studio.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from studio.domain.sweep import SweepValue

_ROWS_SHOWN = 12


class ValuePopover(Popover):
    """A field; Return takes what is typed and leaves the field open for the next value, Esc closes."""

    taken = Signal(object)

    def __init__(
        self, parent: QWidget, *, name: str, placeholder: str, read: Callable[[str], SweepValue | None]
    ) -> None:
        super().__init__(parent, name=name)
        self._read = read
        self.field = LineField(name=name, placeholder=placeholder, parent=self)
        self.field.setMinimumWidth(active().scaled(260))
        self._problem = Label(role=TextRole.SMALL, tone="danger", parent=self)
        self._problem.hide()
        self.body.addWidget(self.field)
        self.body.addWidget(self._problem)
        self.field.edit.returnPressed.connect(self._take)
        self.field.edit.textEdited.connect(lambda _text: self._problem.hide())
        self.closed.connect(self.deleteLater)

    def _take(self) -> None:
        text = self.field.text().strip()
        value = self._read(text) if text else None
        if value is None:
            self._problem.setText(translate("ValuePopover", "This is not a value that can be used here."))
            self._problem.setVisible(bool(text))
            self.adjustSize()
            return
        self.field.set_text("")
        self.taken.emit(value)


class PickPopover(Popover):
    """All values of a list with a tick each; `picked` carries the ticked ones, in the order of the list."""

    picked = Signal(object)

    def __init__(
        self, parent: QWidget, *, name: str, values: Sequence[SweepValue], picked: Sequence[SweepValue]
    ) -> None:
        super().__init__(parent, name=name)
        self._values = list(values)
        self.search = LineField(
            name=translate("PickPopover", "Search in the list"),
            placeholder=translate("PickPopover", "Search in the list"),
            parent=self,
        )
        self.rows = QListWidget(self)
        self.rows.setAccessibleName(name)
        self.rows.setUniformItemSizes(True)
        wanted = {one.words for one in picked}
        for value in self._values:
            item = QListWidgetItem(value.label)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value.words in wanted else Qt.CheckState.Unchecked)
            self.rows.addItem(item)
        line = active().line_height(TextRole.BASE) + 8
        self.rows.setFixedSize(active().scaled(300), line * min(max(len(self._values), 3), _ROWS_SHOWN) + 4)
        self.all_button = Button(translate("PickPopover", "All"), height=Height.SMALL, parent=self)
        self.none_button = Button(translate("PickPopover", "First only"), height=Height.SMALL, parent=self)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self.all_button)
        buttons.addWidget(self.none_button)
        buttons.addStretch(1)
        self.search.setVisible(len(self._values) > _ROWS_SHOWN)
        self.body.addWidget(self.search)
        self.body.addWidget(self.rows)
        self.body.addLayout(buttons)
        self.search.edit.textChanged.connect(self._filter)
        self.rows.itemChanged.connect(self._tell)
        self.all_button.clicked.connect(lambda: self._tick(len(self._values)))
        self.none_button.clicked.connect(lambda: self._tick(1))
        self.closed.connect(self.deleteLater)

    def _filter(self, text: str) -> None:
        wanted = text.casefold()
        for row in range(self.rows.count()):
            item = self.rows.item(row)
            item.setHidden(wanted not in item.text().casefold())

    def _tick(self, count: int) -> None:
        blocked = self.rows.blockSignals(True)
        for row in range(self.rows.count()):
            self.rows.item(row).setCheckState(Qt.CheckState.Checked if row < count else Qt.CheckState.Unchecked)
        self.rows.blockSignals(blocked)
        self.rows.viewport().update()
        self._tell()

    def _tell(self, _item: QListWidgetItem | None = None) -> None:
        """An axis has at least one value: the last tick cannot be taken away."""
        chosen = [
            value for row, value in enumerate(self._values) if self.rows.item(row).checkState() == Qt.CheckState.Checked
        ]
        if chosen:
            self.picked.emit(chosen)
        elif _item is not None:
            _item.setCheckState(Qt.CheckState.Checked)
