"""Nine images of 4096 x 4096 px on the light table: zoom and pan, in milliseconds for a frame.

The floor is a bare QGraphicsView for each image, its pixmap a 1024 px version, moved the same way in the same
process. Frames are painted at once by `repaint`, so that a figure is all the work of a frame on the GUI thread."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter, sleep

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QGridLayout, QWidget

from studio.ui.compare.levels import LevelStore, TableImage
from studio.ui.compare.light_table import LightTable
from studio.ui.theme import Scheme, Theme

_SIDE_PX = 4096
_COUNT = 9
_STEPS = 40
_ROOM = QSize(1440, 800)
_DECODED_WITHIN_S = 20.0


def draw(path: Path, number: int) -> None:
    image = QImage(_SIDE_PX, _SIDE_PX, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    shade = QLinearGradient(0, 0, _SIDE_PX, _SIDE_PX)
    shade.setColorAt(0, QColor.fromHsv(number * 39, 160, 240))
    shade.setColorAt(1, QColor.fromHsv((number * 39 + 120) % 360, 200, 90))
    painter.fillRect(image.rect(), shade)
    painter.setPen(Qt.GlobalColor.black)
    for place in range(0, _SIDE_PX, 64):
        painter.drawLine(0, place, place, _SIDE_PX)
    painter.end()
    image.save(str(path), quality=100)


def settle(app: QApplication, table: LightTable) -> None:
    """Paint and wait until all that is wanted is decoded."""
    end = perf_counter() + _DECODED_WITHIN_S
    table.repaint()
    while perf_counter() < end:
        app.processEvents()
        table.repaint()
        if not table.picture.is_busy:
            return
        sleep(0.01)


def timed(frames: list[Callable[[], object]]) -> list[float]:
    found = []
    for frame in frames:
        begun = perf_counter()
        frame()
        found.append((perf_counter() - begun) * 1000)
    return found


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18]


class _Floor(QWidget):
    """Nine graphics views with a pixmap each."""

    def __init__(self, paths: list[Path]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(3)
        self.views: list[QGraphicsView] = []
        for number, path in enumerate(paths):
            scene = QGraphicsScene(self)
            scene.addPixmap(QPixmap(str(path)).scaled(1024, 1024))
            view = QGraphicsView(scene, self)
            view.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            grid.addWidget(view, number // 3, number % 3)
            self.views.append(view)

    def zoom(self, factor: float) -> None:
        for view in self.views:
            view.scale(factor, factor)
            view.viewport().repaint()

    def pan(self, by: int) -> None:
        for view in self.views:
            bar = view.horizontalScrollBar()
            bar.setValue(bar.value() + by)
            view.viewport().repaint()


def _table_frames(table: LightTable) -> tuple[list[Callable[[], object]], list[Callable[[], object]]]:
    def zoom(step: int) -> None:
        table.zoom_by(1.04 if step < _STEPS // 2 else 1 / 1.04)
        table.repaint()

    def pan(step: int) -> None:
        frame = table.main_frame()
        if frame is not None:
            table.viewport.pan(frame, QPointF(-9 if step < _STEPS // 2 else 9, 0))
        table.repaint()

    return [partial(zoom, step) for step in range(_STEPS)], [partial(pan, step) for step in range(_STEPS)]


def measure() -> list[tuple[str, ...]]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    theme.set_scheme(Scheme.DARK)
    theme.install()
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.png" for number in range(_COUNT)]
        for number, path in enumerate(paths):
            draw(path, number)
        return _measured(app, paths)


def _measured(app: QApplication, paths: list[Path]) -> list[tuple[str, ...]]:
    levels = LevelStore(None)
    table = LightTable(levels)
    table.resize(_ROOM)
    table.show()
    begun = perf_counter()
    table.set_images([TableImage(i + 1, "", str(path), _SIDE_PX, _SIDE_PX) for i, path in enumerate(paths)])
    settle(app, table)
    opened = perf_counter() - begun
    zoom_frames, pan_frames = _table_frames(table)
    zoomed = timed(zoom_frames)
    table.zoom_by(3.0)
    settle(app, table)
    panned = timed(pan_frames)
    table.show_pixels()
    settle(app, table)
    pixels = timed(pan_frames)
    memory = levels.size_bytes / 1024 / 1024
    levels.close()
    table.close()
    floor = _Floor(paths)
    floor.resize(_ROOM)
    floor.show()
    app.processEvents()
    for view in floor.views:
        view.scale(0.3, 0.3)
    floor_zoom = timed([partial(floor.zoom, 1.04 if step < _STEPS // 2 else 1 / 1.04) for step in range(_STEPS)])
    floor_pan = timed([partial(floor.pan, 9 if step < _STEPS // 2 else -9) for step in range(_STEPS)])
    floor.close()
    return [
        _row("nine 4K, zoom, frame p95", zoomed, floor_zoom),
        _row("nine 4K, pan, frame p95", panned, floor_pan),
        _row("nine 4K at 1 : 1, pan, frame p95", pixels, floor_pan),
        ("nine 4K, all decoded after opening", f"{opened:.1f} s", "", ""),
        ("pixels held at 1 : 1", f"{memory:.0f} MB", "", "<= 256 MB"),
    ]


def _row(what: str, ours: list[float], floor: list[float]) -> tuple[str, ...]:
    ratio = p95(ours) / max(0.01, p95(floor))
    return what, f"{p95(ours):.1f} ms", f"{p95(floor):.1f} ms", f"{ratio:.2f}x; <= 16 ms"
