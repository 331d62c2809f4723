"""Ratio chips, width and height with a link, and presets. What each model makes of the wish is in its own note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated
from studio.ui.widgets import ComboBox, IconButton, Label, NumberField, RatioChips

if TYPE_CHECKING:
    from studio.domain.assets import Size

RATIO_SIZES = {
    (1, 1): (1024, 1024),
    (4, 5): (896, 1120),
    (3, 4): (864, 1152),
    (2, 3): (832, 1248),
    (3, 2): (1248, 832),
    (16, 9): (1344, 756),
    (21, 9): (1568, 672),
}
"""The size a ratio chip stands for; all about one megapixel, the native class of most models."""

_EDGE_MAX_PX = 16_384


class SizeSection(Translated, QWidget):
    """`changed` comes only from the user. `wish()` is a `Size` or ``auto``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._auto = False
        self._title = Label(weight=600, tone="text2", parent=self)
        self._megapixels = Label(tone="text3", tabular=True, parent=self)
        self.chips = RatioChips(parent=self)
        self.width_field = NumberField(1024, minimum=1, maximum=_EDGE_MAX_PX, step=8, prefix="W", parent=self)
        self.height_field = NumberField(1024, minimum=1, maximum=_EDGE_MAX_PX, step=8, prefix="H", parent=self)
        self.link = IconButton("link-2-off", side=24, checkable=True, tone="text3", parent=self)
        self.link.set_icon_name("link-2-off", when_on="link-2")
        self.link.setChecked(True)
        self.presets = ComboBox(parent=self)
        self._ratio = 1.0
        self._lay_out()
        self.chips.chosen.connect(self._choose_ratio)
        self.width_field.changed.connect(lambda _value: self._typed(width_led=True))
        self.height_field.changed.connect(lambda _value: self._typed(width_led=False))
        self.presets.activated.connect(self._choose_preset)
        self.retranslate()
        self._show()

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(self._title)
        heading.addStretch(1)
        heading.addWidget(self._megapixels)
        fields = QHBoxLayout()
        fields.setSpacing(Space.XS)
        fields.addWidget(self.width_field, 3)
        fields.addWidget(self.link)
        fields.addWidget(self.height_field, 3)
        fields.addSpacing(Space.XS)
        fields.addWidget(self.presets, 4)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.S)
        rows.addLayout(heading)
        rows.addWidget(self.chips)
        rows.addLayout(fields)

    def wish(self) -> Size | str:
        from studio.domain.assets import Size

        if self._auto:
            return "auto"
        return Size.of(int(self.width_field.value()), int(self.height_field.value()))

    def set_wish(self, size: Size | str) -> None:
        """Show a size without a signal; classes such as 2K show as automatic, since only some models have them."""
        self._auto = isinstance(size, str)
        if not isinstance(size, str):
            self._put(size.width, size.height)
        self._show()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Size"))
        self.chips.setAccessibleName(self.tr("Aspect ratio"))
        self.width_field.set_name(self.tr("Width in pixels"))
        self.height_field.set_name(self.tr("Height in pixels"))
        self.link.set_name(self.tr("Keep the ratio"))
        self.presets.setAccessibleName(self.tr("Size preset"))
        self.presets.setPlaceholderText(self.tr("Own size"))
        self._preset_sizes: list[tuple[int, int] | None] = [
            None, (1024, 1024), (896, 1120), (1024, 1536), (1248, 832), (1536, 1024), (1920, 1080), (2048, 2048),
            (3840, 2160),
        ]  # fmt: skip
        names = [
            self.tr("Automatic"),
            self.tr("Square"),
            self.tr("Portrait"),
            self.tr("Tall portrait"),
            self.tr("Landscape"),
            self.tr("Wide landscape"),
            self.tr("Full HD"),
            self.tr("Large square"),
            self.tr("4K"),
        ]
        self.presets.clear()
        for name, size in zip(names, self._preset_sizes, strict=True):
            self.presets.addItem(name)
            if size is not None:
                tip = f"{size[0]} × {size[1]}"
                self.presets.setItemData(self.presets.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self._show()

    def _put(self, width: int, height: int) -> None:
        self.width_field.set_value(width)
        self.height_field.set_value(height)
        self._ratio = width / height

    def _choose_ratio(self, ratio: object) -> None:
        if isinstance(ratio, tuple):
            self._auto = False
            self._put(*RATIO_SIZES[ratio])
            self._tell()

    def _choose_preset(self, index: int) -> None:
        size = self._preset_sizes[index]
        self._auto = size is None
        if size is not None:
            self._put(*size)
        self._tell()

    def _typed(self, *, width_led: bool) -> None:
        self._auto = False
        width, height = int(self.width_field.value()), int(self.height_field.value())
        if self.link.isChecked():
            if width_led:
                height = max(1, min(_EDGE_MAX_PX, round(width / self._ratio)))
                self.height_field.set_value(height)
            else:
                width = max(1, min(_EDGE_MAX_PX, round(height * self._ratio)))
                self.width_field.set_value(width)
        else:
            self._ratio = width / height
        self._tell()

    def _tell(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """A custom size shows no chip as chosen; its megapixels stand at the right."""
        width, height = int(self.width_field.value()), int(self.height_field.value())
        current = (width, height)
        ratio = next((ratio for ratio, size in RATIO_SIZES.items() if size == current), None)
        self.chips.set_ratio(None if self._auto else ratio)
        preset = None if self._auto else current
        index = self._preset_sizes.index(preset) if preset in self._preset_sizes else -1
        self.presets.setCurrentIndex(index)
        words = self.tr("the model chooses") if self._auto else f"{width * height / 1_000_000:.1f} Mpx"
        self._megapixels.setText(words)
        self._megapixels.set_type(TextRole.SMALL, tabular=True)
