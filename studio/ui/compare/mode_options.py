"""What a mode lets one set: a small box over the lower left corner of the table."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui.compare.light_table import BLINK_RANGE_MS, GAIN_RANGE, LightTable
from studio.ui.compare.panes import Mode
from studio.ui.theme import Radius, Space
from studio.ui.theme.paint import fill_box
from studio.ui.translation import Translated
from studio.ui.widgets import CheckBox, IconButton, Label, Slider, Themed, safe_override

_SLIDER_WIDTH = 120


class ModeOptions(Translated, Themed, QWidget):
    """Opacity of the overlay, gain and grey of the difference, period and pause of the blink."""

    def __init__(self, table: LightTable) -> None:
        super().__init__(table)
        self._table = table
        self.title = Label(weight=500, parent=self)
        self.value = Label(tabular=True, tone="text2", parent=self)
        self.slider = Slider(parent=self)
        self.slider.setFixedWidth(_SLIDER_WIDTH)
        self.grey = CheckBox(parent=self)
        self.pause = IconButton("pause", side=24, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        row.setSpacing(Space.S)
        for part in (self.title, self.slider, self.value, self.grey, self.pause):
            row.addWidget(part)
        self.slider.valueChanged.connect(self._slid)
        self.grey.clicked.connect(lambda: table.set_difference_grey(self.grey.isChecked()))
        self.pause.clicked.connect(lambda: table.set_blinking(not table.blinking))
        table.changed.connect(self._follow)
        self.retranslate()

    def retranslate(self) -> None:
        self.grey.setText(self.tr("Grey"))
        self._follow()

    def _follow(self) -> None:
        table = self._table
        mode = table.mode
        shown = mode in (Mode.OVERLAY, Mode.DIFFERENCE, Mode.BLINK) and len(table.images) > 1
        self.setVisible(shown)
        if not shown:
            return
        ranges = {
            Mode.OVERLAY: (0, 100, table.opacity_percent),
            Mode.DIFFERENCE: (*GAIN_RANGE, table.gain),
            Mode.BLINK: (*BLINK_RANGE_MS, table.blink_ms),
        }
        names = {
            Mode.OVERLAY: (self.tr("Opacity of B"), self.tr("{percent} %").format(percent=table.opacity_percent)),
            Mode.DIFFERENCE: (self.tr("Gain"), f"× {table.gain}"),
            Mode.BLINK: (self.tr("Change every"), self.tr("{count} ms").format(count=table.blink_ms)),
        }
        low, high, value = ranges[mode]
        self.slider.blockSignals(True)
        self.slider.setRange(low, high)
        self.slider.setSingleStep(50 if mode is Mode.BLINK else 1)
        self.slider.setValue(value)
        self.slider.blockSignals(False)
        self.title.setText(names[mode][0])
        self.slider.setAccessibleName(names[mode][0])
        self.value.setText(names[mode][1])
        self.grey.setVisible(mode is Mode.DIFFERENCE)
        self.grey.setChecked(table.difference_grey)
        self.pause.setVisible(mode is Mode.BLINK)
        self.pause.set_icon_name("pause" if table.blinking else "play")
        self.pause.set_name(self.tr("Hold") if table.blinking else self.tr("Go on"))
        self.place()

    def _slid(self, value: int) -> None:
        match self._table.mode:
            case Mode.OVERLAY:
                self._table.set_opacity(value)
            case Mode.DIFFERENCE:
                self._table.set_gain(value)
            case Mode.BLINK:
                self._table.set_blink_ms(round(value / 50) * 50)
            case _:
                pass

    def place(self) -> None:
        """At the lower left of the table."""
        self.adjustSize()
        size: QSize = self.size()
        self.move(Space.M, self._table.height() - Space.M - size.height())

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_box(painter, self.rect(), Radius.BOX, self.tokens.raised, self.tokens.border)
        painter.end()
