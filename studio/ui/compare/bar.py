"""The bar above the light table: modes at the left, zoom and blind vote at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui.compare.panes import Mode
from studio.ui.theme import Space, TextRole, active
from studio.ui.theme.paint import horizontal_hair
from studio.ui.translation import Translated
from studio.ui.widgets import (
    Button,
    ButtonKind,
    IconButton,
    Label,
    Option,
    Segments,
    Switch,
    Themed,
    safe_override,
    set_available,
    set_surface,
    set_tooltip,
)

BAR_HEIGHT = 40


class CompareBar(Translated, Themed, QWidget):
    """Signals only; `show_state` writes what is."""

    mode_chosen = Signal(object)
    zoom_stepped = Signal(int)
    fit_clicked = Signal()
    pixels_clicked = Signal()
    together_toggled = Signal(bool)
    swap_clicked = Signal()
    more_clicked = Signal(object)
    """The button below which the menu opens."""
    blind_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.why_no_vote: Callable[[], str] = str
        """Why no vote could be kept; empty when it can."""
        self._can_vote = False
        set_surface(self, "window")
        self._stage = -1
        self.modes = Segments(parent=self)
        self.zoom_out = IconButton("minus", shortcut="-", parent=self)
        self.zoom_in = IconButton("plus", shortcut="+", parent=self)
        self.percent = Label("100 %", tabular=True, parent=self)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fit = Button(kind=ButtonKind.QUIET, parent=self)
        self.pixels = Button(kind=ButtonKind.QUIET, parent=self)
        self.together = Button(kind=ButtonKind.QUIET, icon_name="link-2", parent=self)
        self.swap = Button(kind=ButtonKind.QUIET, icon_name="arrow-left-right", parent=self)
        self.swap.counts_quick_clicks = True
        self.more = IconButton("ellipsis", parent=self)
        self.blind_words = Label(weight=500, parent=self)
        self.blind = Switch(parent=self)
        for button in (self.fit, self.pixels, self.together):
            button.setCheckable(True)
        self._arrange()
        self.modes.chosen.connect(self.mode_chosen)
        self.zoom_out.clicked.connect(lambda: self.zoom_stepped.emit(-1))
        self.zoom_in.clicked.connect(lambda: self.zoom_stepped.emit(1))
        self.fit.clicked.connect(self.fit_clicked)
        self.pixels.clicked.connect(self.pixels_clicked)
        self.together.clicked.connect(lambda: self.together_toggled.emit(self.together.isChecked()))
        self.swap.clicked.connect(self.swap_clicked)
        self.more.clicked.connect(lambda: self.more_clicked.emit(self.more))
        self.blind.clicked.connect(lambda: self.blind_toggled.emit(self.blind.isChecked()))
        self.restyle()
        self.retranslate()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self.modes)
        row.addStretch(1)
        row.addSpacing(Space.S)
        zoom: tuple[QWidget, ...] = (self.zoom_out, self.percent, self.zoom_in)
        ways: tuple[QWidget, ...] = (self.fit, self.pixels, self.together, self.swap, self.more)
        for part in zoom:
            row.addWidget(part)
        row.addSpacing(Space.S)
        for part in ways:
            row.addWidget(part)
        row.addSpacing(Space.S)
        row.addWidget(self.blind_words)
        row.addWidget(self.blind)

    def show_state(
        self, *, mode: Mode, percent: int, fit: bool, pixels: bool, together: bool, blind: bool, count: int
    ) -> None:
        """`count`: how many images are on the table; two are needed to set them against each other."""
        pair = count > 1
        self.modes.set_value(mode)
        self.percent.setText(self.tr("{percent} %").format(percent=percent))
        self.fit.setChecked(fit and count > 0)
        self.pixels.setChecked(pixels)
        self.together.setChecked(together and count > 0)
        self.blind.setChecked(blind)
        self.modes.setEnabled(pair)
        self.swap.setEnabled(pair)
        for part in (self.zoom_out, self.percent, self.zoom_in, self.fit, self.pixels, self.together, self.more):
            part.setEnabled(count > 0)
        self._can_vote = pair or blind
        self._hold()
        self.blind_words.setEnabled(pair or blind)

    def _hold(self) -> None:
        why_not = self.why_no_vote()
        if why_not:
            set_available(self.blind, False, why_not)
        else:
            self.blind.setEnabled(self._can_vote)

    def restyle(self) -> None:
        self.setFixedHeight(active().scaled(BAR_HEIGHT))
        self.percent.setFixedWidth(active().scaled(52))
        self.percent.set_type(TextRole.BASE, 500)
        self._fit_words()

    def retranslate(self) -> None:
        self._name_modes()
        self.zoom_out.set_name(self.tr("Zoom out"))
        self.zoom_in.set_name(self.tr("Zoom in"))
        self.fit.setText(self.tr("Fit"))
        set_tooltip(self.fit, self.tr("Show the whole image"), shortcut="Z")
        self.pixels.setText(self.tr("1 : 1"))
        set_tooltip(self.pixels, self.tr("One pixel of the image is one of the screen"), shortcut="Z")
        self.together.setText(self.tr("Zoom together"))
        self.swap.setText(self.tr("Swap"))
        self.more.set_name(self.tr("More ways to look"))
        self.blind_words.setText(self.tr("Blind"))
        self.blind.setAccessibleName(self.tr("Blind vote"))
        set_tooltip(self.blind, self.tr("Vote on pairs without names"))
        self._hold()
        self._stage = -1
        self._fit_words()

    def _name_modes(self) -> None:
        names = {
            Mode.SIDE: (self.tr("Side by side"), "columns-2", "S"),
            Mode.WIPE: (self.tr("Wipe"), "separator-vertical", "W"),
            Mode.OVERLAY: (self.tr("Overlay"), "layers-2", "O"),
            Mode.DIFFERENCE: (self.tr("Difference"), "contrast", "D"),
            Mode.BLINK: (self.tr("Blink"), "eye", "B"),
        }
        short = self._stage >= 2
        options = [
            Option(mode, "" if short else words, sign, tooltip=f"{words}  {key}")
            for mode, (words, sign, key) in names.items()
        ]
        self.modes.set_options(options)
        for mode, (words, _sign, _key) in names.items():
            self.modes.button(mode).setAccessibleName(words)
        self.modes.setAccessibleName(self.tr("Mode"))

    def _fit_words(self) -> None:
        """Buttons lose their words before they lose their place: first Zoom together and Swap, then the modes."""
        room = self.width() * 100 / active().scale_percent
        stage = 0 if room >= 980 else 1 if room >= 790 else 2
        if stage == self._stage:
            return
        self._stage = stage
        self.together.set_compact(stage >= 1)
        self.swap.set_compact(stage >= 1)
        self._name_modes()
        if stage == 0:
            set_tooltip(self.swap, self.tr("Exchange A and B"), shortcut="X")

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.tokens.window)
        horizontal_hair(painter, 0, self.width(), self.height() - 1, self.tokens.line)
        painter.end()
