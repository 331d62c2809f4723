"""Icons: the right colour, sharp at every scale, there for every name in use."""

from __future__ import annotations

import ast
import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap

from studio.ui.theme import Scheme, Theme, icon, icon_pixmap, paint_icon
from studio.ui.theme.icons import UnknownIcon
from studio.ui.theme.resources import resource_path
from studio.ui.theme.tokens import DARK, LIGHT

RED = QColor("#ff0000")


def darkest(pixmap: QPixmap) -> QColor:
    """The colour of the most opaque pixel."""
    image = pixmap.toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=lambda pixel: pixel.alpha())


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_drawn_at_the_scale_of_the_screen(scale: float) -> None:
    pixmap = icon_pixmap("download", RED, 16, scale)
    assert pixmap.size() == QSize(round(16 * scale), round(16 * scale))
    assert darkest(pixmap).name() == RED.name()


def test_kept_and_not_drawn_again() -> None:
    first = icon_pixmap("download", RED, 16, 2.0)
    assert icon_pixmap("download", RED, 16, 2.0).cacheKey() == first.cacheKey()
    assert icon_pixmap("download", QColor("#00ff00"), 16, 2.0).cacheKey() != first.cacheKey()


def test_follows_the_theme_and_the_states(theme: Theme) -> None:
    made = icon("download", "text2", on_role="accent_text")
    size = QSize(16, 16)
    assert darkest(made.pixmap(size, 1.0)).name() == DARK.text2.name()
    assert darkest(made.pixmap(size, 1.0, QIcon.Mode.Active)).name() == DARK.text.name()
    assert darkest(made.pixmap(size, 1.0, QIcon.Mode.Normal, QIcon.State.On)).name() == DARK.accent_text.name()
    assert darkest(made.pixmap(size, 1.0, QIcon.Mode.Disabled)).alphaF() == pytest.approx(
        DARK.disabled_opacity, abs=0.02
    )
    theme.set_scheme(Scheme.LIGHT)
    assert darkest(made.pixmap(size, 1.0)).name() == LIGHT.text2.name()


def test_a_qicon_is_sharp_on_a_dense_screen() -> None:
    pixmap = icon("download").pixmap(QSize(16, 16), 2.0)
    assert pixmap.size() == QSize(32, 32)


def test_lies_on_whole_pixels() -> None:
    """Two icons painted half a pixel apart are the same picture, only moved."""
    pictures = []
    for offset in (0.0, 0.4):
        image = QImage(20, 20, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint_icon(painter, "x", QRectF(2 + offset, 2 + offset, 16, 16), RED)
        painter.end()
        pictures.append(image)
    assert pictures[0] == pictures[1]


def test_unknown_names_are_told() -> None:
    with pytest.raises(UnknownIcon, match="no-such-icon"):
        icon("no-such-icon")


def test_engines_outlive_their_python_names() -> None:
    copies = [QIcon(icon("download")) for _ in range(50)]
    gc.collect()
    assert not copies[-1].pixmap(QSize(16, 16)).isNull()


def test_every_icon_named_in_the_window_is_bundled(project: Path) -> None:
    """Names stand in keywords (`icon_name=`) and as the first argument of the icon functions and of IconButton."""
    bundled = {path.stem for path in resource_path("icons").glob("*.svg")}
    named: dict[str, str] = {}
    for path in (project / "studio" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else ""
                values = [keyword.value for keyword in node.keywords if keyword.arg in {"icon_name", "trailing_icon"}]
                position = {"IconButton": 0, "icon": 0, "icon_pixmap": 0, "paint_icon": 1}.get(called)
                if position is not None and len(node.args) > position:
                    values.append(node.args[position])
                for value in values:
                    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                        named[value.value] = f"{path.name}:{node.lineno}"
    assert {name: place for name, place in named.items() if name not in bundled} == {}
    assert len(named) > 10
