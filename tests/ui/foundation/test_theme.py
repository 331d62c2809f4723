"""The theme: what changes when it changes, and what never does."""

from __future__ import annotations

import gc
import sys

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontInfo, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.theme import Scheme, TextRole, Theme, active
from studio.ui.theme.paint import fill_box, horizontal_hair, stroke_box
from studio.ui.theme.resources import resource_path
from studio.ui.theme.stylesheet import build_stylesheet
from studio.ui.theme.tokens import DARK, LIGHT, round_half_up
from studio.ui.widgets import Button, CheckBox, Label, set_surface


def colour_at(widget: QWidget, x: int, y: int) -> str:
    return widget.grab().toImage().pixelColor(x, y).name()


def test_palette_is_that_of_the_specification(qapp: QApplication, theme: Theme) -> None:
    role = QPalette.ColorRole
    for scheme, tokens in ((Scheme.LIGHT, LIGHT), (Scheme.DARK, DARK)):
        theme.set_scheme(scheme)
        palette = qapp.palette()
        wanted = {
            role.Window: tokens.window,
            role.Base: tokens.field,
            role.AlternateBase: tokens.panel,
            role.Button: tokens.control,
            role.PlaceholderText: tokens.text3,
            role.Accent: tokens.accent,
            role.Link: tokens.accent_text,
            role.BrightText: tokens.danger,
        }
        assert {key: palette.color(key) for key in wanted} == wanted
        faded = palette.color(QPalette.ColorGroup.Disabled, role.WindowText)
        shown = tokens.disabled_opacity
        wanted_lightness = shown * tokens.text.lightness() + (1 - shown) * tokens.window.lightness()
        assert abs(faded.lightness() - wanted_lightness) < 2


def test_a_change_repaints_what_is_shown(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    set_surface(page, "panel")
    button = Button("", parent=page)
    button.setGeometry(10, 10, 80, 28)
    label = Label("x", tone="text2", parent=page)
    qtbot.addWidget(page)
    page.resize(100, 50)
    page.show()
    assert colour_at(page, 2, 2) == DARK.panel.name()
    assert colour_at(page, 50, 24) == DARK.control.name()
    with qtbot.waitSignal(theme.changed):
        theme.set_scheme(Scheme.LIGHT)
    assert colour_at(page, 2, 2) == LIGHT.panel.name()
    assert colour_at(page, 50, 24) == LIGHT.control.name()
    assert label.palette().color(QPalette.ColorRole.WindowText) == LIGHT.text2


def test_setting_what_is_set_does_nothing(qtbot: QtBot, theme: Theme) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_scheme(theme.scheme)
        theme.set_scale_percent(100)
        theme.set_more_contrast(False)


def test_following_the_system_is_dark_where_it_tells_nothing(theme: Theme) -> None:
    theme.set_scheme(Scheme.SYSTEM)
    assert theme.dark


def test_more_contrast_reaches_what_is_painted(theme: Theme) -> None:
    theme.set_more_contrast(True)
    assert theme.tokens.border == theme.tokens.text3
    assert DARK.text3.name() in QApplication.instance().styleSheet()  # type: ignore[union-attr]  # it is a QApplication


def test_text_size_moves_controls_and_fonts(qtbot: QtBot, theme: Theme) -> None:
    button, check = Button("Generate"), CheckBox("Own folder")
    for widget in (button, check):
        qtbot.addWidget(widget)
        widget.show()
    before = button.height(), button.sizeHint().width(), check.font().pixelSize()
    theme.set_scale_percent(125)
    assert (button.height(), check.font().pixelSize()) == (35, 15)
    assert button.sizeHint().width() > before[1]
    theme.set_scale_percent(100)
    assert (button.height(), button.sizeHint().width(), check.font().pixelSize()) == before


def test_halves_are_rounded_up_on_both_sides_of_nought() -> None:
    """Places above the edge of a view keep their distance to those in it."""
    assert [round_half_up(value) for value in (-9.0, -8.5, -0.5, 0.0, 0.5, 12.5, 13.4)] == [-9, -8, 0, 0, 1, 13, 13]


def test_an_unknown_text_size_is_refused(theme: Theme) -> None:
    with pytest.raises(ValueError, match="100, 110, 125"):
        theme.set_scale_percent(150)


def test_chinese_uses_two_weights(theme: Theme) -> None:
    weights = [100, 400, 500, 600, 700]
    assert [theme.font(TextRole.BASE, weight).weight() for weight in weights[1:]] == [400, 500, 600, 700]
    theme.set_chinese(True)
    assert [theme.font(TextRole.BASE, weight).weight() for weight in weights[1:]] == [400, 400, 700, 700]


def test_bundled_fonts_are_the_ones_used(theme: Theme) -> None:
    assert QFontInfo(theme.font()).family() == "Inter"
    assert QFontInfo(theme.code_font()).family() == "JetBrains Mono"
    assert theme.code_font().pixelSize() == 11


def test_tabular_digits_have_one_width(theme: Theme) -> None:
    from PySide6.QtGui import QFontMetricsF

    tabular = QFontMetricsF(theme.font(TextRole.BASE, tabular=True))
    running = QFontMetricsF(theme.font(TextRole.BASE))
    assert len({tabular.horizontalAdvance(digit * 10) for digit in "0123456789"}) == 1
    assert running.horizontalAdvance("1" * 10) < running.horizontalAdvance("0" * 10)


def test_style_sheet_names_only_what_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    for tokens in (DARK, LIGHT):
        assert "@" not in build_stylesheet(tokens)
    monkeypatch.setattr("studio.ui.theme.stylesheet._source", lambda: "QWidget { color: @nothing; }")
    with pytest.raises(LookupError, match="@nothing"):
        build_stylesheet(DARK)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 1.75, 2.0, 3.0])
def test_edges_are_sharp_at_every_scale(scale: float) -> None:
    """No pixel of a box's straight edges may be a mixture of its colour and the ground."""
    image = QImage(round(60 * scale), round(40 * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(DARK.canvas)
    painter = QPainter(image)
    painter.translate(3, 5)
    fill_box(painter, QRectF(0, 0, 40, 20), 4, DARK.tick)
    stroke_box(painter, QRectF(4, 4, 20, 12), 0, DARK.accent, 1.0)
    horizontal_hair(painter, 0, 40, 30, DARK.text)
    painter.end()
    pure = (DARK.canvas, DARK.tick, DARK.accent, DARK.text)
    middle_row, middle_column = image.height() // 3, image.width() // 3
    pixels = [image.pixelColor(x, middle_row) for x in range(image.width())]
    pixels += [image.pixelColor(middle_column, y) for y in range(image.height())]
    assert [pixel.name() for pixel in pixels if min(distance(pixel, colour) for colour in pure) > 2] == []
    assert DARK.text in pixels


def distance(first: QColor, second: QColor) -> int:
    """The largest difference of a channel, 0 to 255; painting rounds by one or two."""
    return max(abs(first.red() - second.red()), abs(first.green() - second.green()), abs(first.blue() - second.blue()))


def test_a_hair_line_is_one_device_pixel() -> None:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2.0)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    horizontal_hair(painter, 0, 10, 5, LIGHT.raised)
    painter.end()
    assert sum(image.pixelColor(10, y) == LIGHT.raised for y in range(20)) == 1


def test_painting_loses_no_reference(qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(Button("Generate", icon_name="download", hint="Ctrl E"))
    column.addWidget(CheckBox("Own folder"))
    qtbot.addWidget(page)
    page.show()
    page.grab()
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(100):
        page.grab()
    assert abs(sys.getrefcount(None) - before) < 50


def test_the_active_theme_is_the_installed_one(theme: Theme) -> None:
    assert active() is theme


def test_resources_are_beside_the_project() -> None:
    assert resource_path("fonts").is_dir()
    assert resource_path("icons", "x.svg").is_file()
