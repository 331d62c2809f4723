"""Choosing a colour to find images by: common hues, light and dark, and a field for any other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.ui.gallery import filter_words
from studio.ui.gallery.query_text import Filter, is_valid
from studio.ui.overrides import safe_override
from studio.ui.translation import filled, translate
from studio.ui.widgets import Label, LineField, Popover, Swatch

_HUES = (
    ("#f2b0a8", "#d0342c", "#7a1c18"),
    ("#f6cfa3", "#e2811d", "#874a0c"),
    ("#f5e7a1", "#e6c229", "#8a7212"),
    ("#bfe3b4", "#4f9d45", "#245321"),
    ("#a9e0dc", "#249a94", "#0f5653"),
    ("#b4d0f4", "#2f6fd0", "#173a75"),
    ("#d3c0ef", "#7d4fc0", "#422573"),
    ("#f4bfd8", "#d0488b", "#7a214e"),
    ("#ddc5ae", "#8c5a34", "#4a2d18"),
    ("#ffffff", "#808080", "#141414"),
)
"""Light, full and dark of each; the last is white, grey and black."""

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


def colour_names() -> list[tuple[str, ...]]:
    """The names of `_HUES`, in their order; a function, since the language may change."""
    hues = (
        translate("Colours", "red"),
        translate("Colours", "orange"),
        translate("Colours", "yellow"),
        translate("Colours", "green"),
        translate("Colours", "teal"),
        translate("Colours", "blue"),
        translate("Colours", "purple"),
        translate("Colours", "pink"),
        translate("Colours", "brown"),
    )
    shades = (translate("Colours", "light {hue}"), translate("Colours", "{hue}"), translate("Colours", "dark {hue}"))
    names = [tuple(filled(shade, hue=hue) for shade in shades) for hue in hues]
    greys = (translate("Colours", "white"), translate("Colours", "grey"), translate("Colours", "black"))
    return [*names, greys]


class ColourPopover(Popover):
    """A press on a swatch, or Return in the field, takes the colour and closes. Arrow keys walk over the swatches."""

    taken = Signal(object)
    """The new `Filter`, without values when the field is empty."""

    def __init__(self, chip: Filter, parent: QWidget) -> None:
        name = filter_words.field_name("colour")
        super().__init__(parent, name=name)
        self.body.addWidget(Label(translate("Filters", "Find by colour"), weight=600, parent=self))
        grid = QGridLayout()
        grid.setSpacing(4)
        self.swatches: list[list[Swatch]] = []
        names = colour_names()
        for row in range(3):
            line = []
            for column, hue in enumerate(_HUES):
                words = names[column][row]
                swatch = Swatch(hue[row], words[:1].upper() + words[1:], parent=self)
                swatch.clicked.connect(lambda _on=False, colour=hue[row]: self._choose((colour,)))
                grid.addWidget(swatch, row, column)
                line.append(swatch)
            self.swatches.append(line)
        self.body.addLayout(grid)
        self.line = LineField(
            ", ".join(chip.values),
            name=translate("Filters", "Colour as a number"),
            placeholder=filter_words.hint("colour"),
            parent=self,
        )
        self.body.addWidget(self.line)
        self._fault = Label(tone="warn", parent=self)
        self._fault.hide()
        self.body.addWidget(self._fault)
        self.line.edit.returnPressed.connect(self._take_line)

    def _choose(self, colours: tuple[str, ...]) -> None:
        self.taken.emit(Filter("colour", colours))
        self.close()

    def _take_line(self) -> None:
        parts = [part.strip() for part in self.line.text().replace("，", ",").split(",") if part.strip()]
        colours = [part if part.startswith("#") else f"#{part}" for part in parts]
        wrong = next((colour for colour in colours if not is_valid("colour", colour)), None)
        if wrong is not None:
            self._fault.setText(translate("Filters", "Not understood: {value}").format(value=wrong))
            self._fault.show()
            self.adjustSize()
            return
        self._choose(tuple(dict.fromkeys(colours)))

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        place = next(
            ((row, line.index(focused)) for row, line in enumerate(self.swatches) if focused in line),
            None,
        )
        if place is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.swatches[place[0]][place[1]].click()
        elif place is not None and event.key() in _STEPS:
            down, right = _STEPS[Qt.Key(event.key())]
            row, column = (place[0] + down) % 3, (place[1] + right) % len(_HUES)
            self.swatches[row][column].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
