"""The numbers of the interface: every colour, type size, space and time, once.

Nothing else in the window writes a colour or a size. Colours come in two themes, each with a variant of more contrast;
type sizes come at three scales. A `Tokens` value is immutable: treat the `QColor` objects in it as constants too.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum
from math import floor
from types import MappingProxyType
from typing import Final

from PySide6.QtGui import QColor


class TextRole(Enum):
    """What a text is for. The value is (size, line height) in logical pixels at a text scale of 100 %."""

    SMALL = (11, 16)
    """Captions, notes, chips, the status bar."""
    BASE = (12, 16)
    """Controls, lists, facts."""
    LONG = (12, 18)
    """Several lines of text in a panel."""
    PROMPT = (13, 20)
    """The prompt, titles of runs and dialogs."""
    TITLE = (15, 20)
    """The cost, the title of a page."""
    HEADING = (24, 32)
    """The heading of the first run."""


TEXT_SCALES: Final = (100, 110, 125)
"""The text sizes that Preferences offers, in per cent."""

SMALLEST_TEXT_PX: Final = 11


class Space:
    """Distances, in logical pixels on a grid of 4."""

    XXS: Final = 2
    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 24
    XXL: Final = 32
    PANEL: Final = 16
    LABEL: Final = 4
    """Between a label and its control."""


class Radius:
    """Corner radii, in logical pixels."""

    IMAGE: Final = 2
    TEXT_CHIP: Final = 3
    SMALL: Final = 4
    CONTROL: Final = 5
    BOX: Final = 6
    MENU: Final = 8


class Height:
    """Heights of controls and rows at a text scale of 100 %, in logical pixels."""

    SMALL: Final = 24
    CONTROL: Final = 28
    FOOTER: Final = 32
    GENERATE: Final = 36
    ROW: Final = 32
    TALL_ROW: Final = 44


class IconSize:
    """Sides of icons, in logical pixels."""

    PILL: Final = 12
    ROW: Final = 14
    TOOLBAR: Final = 16
    TILE: Final = 18


class Duration:
    """Times of motion, in milliseconds."""

    HOVER: Final = 80
    MENU: Final = 120
    MESSAGE_BAR: Final = 160
    CROSS_FADE: Final = 200
    BLINK: Final = 600
    SPINNER: Final = 1000
    SLIDING_BAR: Final = 1400


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme."""

    dark: bool
    disabled_opacity: float
    """Of a control that cannot be used now, from 0 to 1: its words keep a contrast of 3 with every surface."""
    canvas: QColor
    cell: QColor
    cell_selected: QColor
    window: QColor
    panel: QColor
    raised: QColor
    field: QColor
    segment_track: QColor
    control: QColor
    control_hover: QColor
    control_pressed: QColor
    segment_on: QColor
    toggle_on: QColor
    toggle_on_canvas: QColor
    line: QColor
    hair: QColor
    border: QColor
    field_border: QColor
    control_border: QColor
    """The outline of buttons and filled chips; invisible in the dark theme, where the fill says enough."""
    separator: QColor
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    accent_hover: QColor
    accent_pressed: QColor
    on_accent: QColor
    ring: QColor
    ring_soft: QColor
    selection: QColor
    """Behind selected text: the accent, thinned so that the text on it keeps its contrast."""
    accent_text: QColor
    changed: QColor
    tick: QColor
    on_tick: QColor
    check_border: QColor
    danger: QColor
    warn: QColor
    ok: QColor
    track: QColor
    monogram: QColor
    tag: QColor
    row_on: QColor
    """Behind the chosen row of a list."""
    star: QColor
    star_off: QColor
    pill: QColor
    on_pill: QColor
    scrim: QColor
    scroll_thumb: QColor
    scroll_thumb_hover: QColor


def _grey(level: str, alpha: float = 1.0) -> QColor:
    return _hex(f"#{level * 3}", alpha)


def _hex(text: str, alpha: float = 1.0) -> QColor:
    colour = QColor(text)
    colour.setAlphaF(alpha)
    return colour


DARK: Final = Tokens(
    dark=True,
    disabled_opacity=0.45,
    canvas=_grey("18"),
    cell=_grey("20"),
    cell_selected=_grey("2B"),
    window=_grey("20"),
    panel=_grey("26"),
    raised=_grey("2D"),
    field=_grey("1B"),
    segment_track=_grey("1B"),
    control=_grey("36"),
    control_hover=_grey("41"),
    control_pressed=_grey("30"),
    segment_on=_grey("40"),
    toggle_on=_grey("33"),
    toggle_on_canvas=_grey("33"),
    line=_grey("14"),
    hair=_grey("34"),
    border=_grey("46"),
    field_border=_grey("3C"),
    control_border=_grey("36", 0.0),
    separator=_grey("2A"),
    text=_grey("EB"),
    text2=_grey("B8"),
    text3=_grey("96"),
    accent=_hex("#3871DC"),
    accent_hover=_hex("#3267CC"),
    accent_pressed=_hex("#2B5CBA"),
    on_accent=_grey("FF"),
    ring=_hex("#5C93FF"),
    ring_soft=_hex("#5C93FF", 0.45),
    selection=_hex("#2F4A7C"),
    accent_text=_hex("#82AEFF"),
    changed=_hex("#253046"),
    tick=_grey("C4"),
    on_tick=_grey("1B"),
    check_border=_grey("96"),
    danger=_hex("#FF8A7D"),
    warn=_hex("#E8B84A"),
    ok=_hex("#74C995"),
    track=_grey("3C"),
    monogram=_grey("40"),
    tag=_grey("36"),
    row_on=_grey("36"),
    star=_grey("B8"),
    star_off=_grey("72"),
    pill=_grey("10", 0.82),
    on_pill=_grey("F2"),
    scrim=_grey("00", 0.58),
    scroll_thumb=_grey("40"),
    scroll_thumb_hover=_grey("56"),
)

LIGHT: Final = Tokens(
    dark=False,
    disabled_opacity=0.52,
    canvas=_grey("D6"),
    cell=_grey("DE"),
    cell_selected=_grey("E8"),
    window=_grey("E6"),
    panel=_grey("F2"),
    raised=_grey("FA"),
    field=_grey("FF"),
    segment_track=_grey("DA"),
    control=_grey("FF"),
    control_hover=_grey("F7"),
    control_pressed=_grey("E2"),
    segment_on=_grey("FF"),
    toggle_on=_grey("D6"),
    toggle_on_canvas=_grey("C2"),
    line=_grey("BE"),
    hair=_grey("DE"),
    border=_grey("C2"),
    field_border=_grey("C2"),
    control_border=_grey("C2"),
    separator=_grey("C2"),
    text=_grey("1C"),
    text2=_grey("48"),
    text3=_grey("5C"),
    accent=_hex("#2A63D4"),
    accent_hover=_hex("#2459C4"),
    accent_pressed=_hex("#1F50B2"),
    on_accent=_grey("FF"),
    ring=_hex("#2A63D4"),
    ring_soft=_hex("#2A63D4", 0.35),
    selection=_hex("#B9CDF5"),
    accent_text=_hex("#1F57C3"),
    changed=_hex("#BCC5D6"),
    tick=_grey("4A"),
    on_tick=_grey("FF"),
    check_border=_grey("5C"),
    danger=_hex("#B3261E"),
    warn=_hex("#7A5200"),
    ok=_hex("#1B6B3A"),
    track=_grey("C8"),
    monogram=_grey("DA"),
    tag=_grey("E6"),
    row_on=_grey("D6"),
    star=_grey("48"),
    star_off=_grey("75"),
    pill=_grey("18", 0.80),
    on_pill=_grey("F2"),
    scrim=_grey("00", 0.32),
    scroll_thumb=_grey("B4"),
    scroll_thumb_hover=_grey("96"),
)


def tokens_for(*, dark: bool, more_contrast: bool = False) -> Tokens:
    """The colours of a theme. More contrast draws every border, hair line and track in the colour of small text, and
    what is disabled less faint."""
    base = DARK if dark else LIGHT
    if not more_contrast:
        return base
    strong = base.text3
    return dataclasses.replace(
        base,
        disabled_opacity=0.7,
        border=strong,
        hair=strong,
        track=strong,
        field_border=strong,
        control_border=strong,
        separator=strong,
        check_border=strong,
        scroll_thumb=strong,
    )


SURROUNDS: Final = MappingProxyType(
    {
        "black": _grey("00"),
        "dark": _grey("2B"),
        "middle": _grey("77"),
        "light": _grey("D6"),
        "white": _grey("FF"),
    }
)
"""Backgrounds for judging colour, behind large images only; the theme's own `canvas` is the default."""


def text_size_px(role: TextRole, scale_percent: int = 100) -> int:
    """The size of a text role in whole logical pixels, never below the smallest size allowed."""
    return max(SMALLEST_TEXT_PX, round_half_up(role.value[0] * scale_percent / 100))


def line_height_px(role: TextRole, scale_percent: int = 100) -> int:
    """The line height of a text role in whole logical pixels."""
    return round_half_up(role.value[1] * scale_percent / 100)


def round_half_up(value: float) -> int:
    """13.5 becomes 14 and 12.5 becomes 13, unlike Python's `round`; -0.5 becomes 0, so that distances stay."""
    return floor(value + 0.5)
