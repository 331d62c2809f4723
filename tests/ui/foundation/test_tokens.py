"""The figures of contrast that the specification promises, computed from the colours in use."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import pytest
from PySide6.QtGui import QColor

from studio.ui.theme.palette import blend
from studio.ui.theme.tokens import (
    DARK,
    LIGHT,
    TextRole,
    Tokens,
    line_height_px,
    text_size_px,
    tokens_for,
)
from studio.ui.widgets.button import ButtonKind, disabled_look, disabled_primary


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor, second: QColor) -> float:
    """The contrast ratio of two opaque colours."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def worst(colour: QColor, *grounds: QColor) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def surfaces(tokens: Tokens) -> list[QColor]:
    return [tokens.canvas, tokens.cell, tokens.window, tokens.panel, tokens.raised]


ROUNDING = 0.05
"""The specification writes its figures with one decimal."""
PROMISED = {
    True: {"text": 8.5, "text2": 5.1, "text3": 4.7, "accent_text": 5.4, "danger": 5.3, "warn": 6.5},
    False: {"text": 11.7, "text2": 6.3, "text3": 4.6, "accent_text": 4.5, "danger": 4.5, "warn": 4.8},
}
ON_HOVERED_CONTROL = {"text", "text2"}
NEVER_ON_CONTROL = {"text3"}


@pytest.mark.parametrize("name", PROMISED[True])
@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_text_is_read_on_every_ground(tokens: Tokens, name: str) -> None:
    grounds = surfaces(tokens)
    if tokens.dark and name not in NEVER_ON_CONTROL:
        grounds += [tokens.control]
    if tokens.dark and name in ON_HOVERED_CONTROL:
        grounds += [tokens.control_hover]
    assert worst(getattr(tokens, name), *grounds) >= PROMISED[tokens.dark][name] - ROUNDING


@pytest.mark.parametrize(
    ("tokens", "white", "changed", "pill", "check"),
    [(DARK, 4.6, 11.0, 10.0, 4.7), (LIGHT, 5.5, 9.8, 8.4, 4.6)],
    ids=["dark", "light"],
)
def test_marks_are_read(tokens: Tokens, white: float, changed: float, pill: float, check: float) -> None:
    for face in (tokens.accent, tokens.accent_hover, tokens.accent_pressed):
        assert contrast(tokens.on_accent, face) >= white - ROUNDING
    assert contrast(tokens.text, tokens.changed) >= changed - ROUNDING
    assert contrast(tokens.on_pill, blend(tokens.pill, QColor("white"), 1.0)) >= pill - ROUNDING
    assert worst(tokens.check_border, tokens.panel, tokens.raised) >= check - ROUNDING
    assert contrast(tokens.text, tokens.selection) >= 7
    assert contrast(tokens.on_tick, tokens.tick) >= 7
    assert worst(tokens.ok, *surfaces(tokens)) >= 4.5 - ROUNDING


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_words_are_read_on_fields_rows_and_chips(tokens: Tokens) -> None:
    """Placeholders, segments that are not chosen, the second line of a chosen row, monograms, tags, the ± button."""
    assert worst(tokens.text3, tokens.field, tokens.window, tokens.cell_selected) >= 4.5
    assert worst(tokens.text2, tokens.field, tokens.segment_track, tokens.toggle_on, tokens.row_on, tokens.tag) >= 4.5
    pressed = (tokens.control, tokens.control_pressed, tokens.segment_on, tokens.toggle_on, tokens.toggle_on_canvas)
    assert worst(tokens.text, *pressed, tokens.monogram, tokens.tag, tokens.row_on, tokens.cell_selected) >= 7
    assert worst(tokens.accent_text, tokens.field, tokens.control, tokens.raised) >= 4.5


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_signs_are_seen(tokens: Tokens) -> None:
    """What is no text needs 3: rings around what can have the focus, sliders and bars, stars, ticks, their boxes."""
    faces = [tokens.control, tokens.control_hover, tokens.control_pressed, tokens.segment_on, tokens.segment_track]
    assert worst(tokens.ring, *surfaces(tokens), *faces, tokens.field, tokens.cell_selected, tokens.track) >= 3
    assert worst(tokens.star_off, tokens.canvas, tokens.cell, tokens.panel) >= 3
    assert worst(tokens.star, *surfaces(tokens)) >= 4.5
    assert worst(tokens.tick, *surfaces(tokens), *faces) >= 4.5


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_what_cannot_be_pressed_is_still_read(tokens: Tokens) -> None:
    """A disabled primary button says what is missing; other disabled words are fainter, but do not vanish."""
    look = disabled_primary(tokens)
    assert look.face is not None
    assert contrast(look.text, blend(look.face, tokens.window, 1.0)) >= 3.5
    for ground in (*surfaces(tokens), tokens.field, tokens.control):
        faded = contrast(blend(tokens.text, ground, tokens.disabled_opacity), ground)
        assert 3 <= faded < contrast(tokens.text3, ground), "read, and told from what can be used"


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("kind", [ButtonKind.CONTROL, ButtonKind.QUIET, ButtonKind.OUTLINE])
def test_words_of_no_disabled_button_vanish(tokens: Tokens, kind: ButtonKind) -> None:
    look = disabled_look(kind, tokens, checked=False)
    for surface in surfaces(tokens):
        ground = surface if look.face is None else blend(look.face, surface, tokens.disabled_opacity)
        assert contrast(blend(look.text, ground, tokens.disabled_opacity), ground) >= 3


def test_pills_are_read_on_any_picture() -> None:
    for tokens in (DARK, LIGHT):
        for picture in ("white", "black", "#777777", "#ff0000", "#ffff00", "#00ffff"):
            assert contrast(tokens.on_pill, blend(tokens.pill, QColor(picture), 1.0)) >= 7


def test_focus_is_seen_on_every_surface() -> None:
    assert worst(DARK.ring, *surfaces(DARK), DARK.control) >= 4.05
    assert worst(LIGHT.ring, *surfaces(LIGHT)) >= 3.7


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_chrome_has_no_hue(tokens: Tokens) -> None:
    """Only the accent's family and the three colours of notes may have one: the pictures are judged beside them."""
    coloured = {
        *("accent", "accent_hover", "accent_pressed", "ring", "ring_soft", "selection", "accent_text", "changed"),
        *("danger", "warn", "ok"),
    }
    for field in dataclasses.fields(tokens):
        value = getattr(tokens, field.name)
        if isinstance(value, QColor) and field.name not in coloured:
            assert value.red() == value.green() == value.blue(), field.name


@pytest.mark.parametrize("dark", [True, False])
def test_more_contrast_draws_lines_in_the_colour_of_text(dark: bool) -> None:
    strong = tokens_for(dark=dark, more_contrast=True)
    for line in (strong.border, strong.hair, strong.track, strong.field_border):
        assert worst(line, strong.panel, strong.raised) >= 4.5


def test_no_text_below_eleven_pixels_and_sizes_grow() -> None:
    for role in TextRole:
        sizes = [text_size_px(role, scale) for scale in (100, 110, 125)]
        assert sizes[0] == role.value[0] >= 11
        assert all(smaller < larger for smaller, larger in pairwise(sizes))
        for scale in (100, 110, 125):
            assert line_height_px(role, scale) >= text_size_px(role, scale) * 1.2
