"""The table by itself, over files: what is painted, how large, and what stays in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.ui.compare.image_painter import trouble_of
from studio.ui.compare.levels import LevelStore, TableImage, decode
from studio.ui.compare.light_table import LightTable
from studio.ui.compare.panes import Mode
from studio.ui.compare.table_painter import fitting_name
from studio.ui.theme import Space

ROOM = QSize(900, 500)
RED, BLUE = (220, 20, 20), (20, 20, 220)


def file_of(
    folder: Path, name: str, width: int, height: int, draw: Callable[[Image.Image], None] | None = None
) -> Path:
    image = Image.new("RGB", (width, height), RED)
    if draw is not None:
        draw(image)
    path = folder / name
    image.save(path, compress_level=1)
    return path


def right_half_blue(image: Image.Image) -> None:
    ImageDraw.Draw(image).rectangle((image.width // 2, 0, image.width, image.height), fill=BLUE)


def table_with(qtbot: QtBot, *files: tuple[Path, int, int]) -> LightTable:
    levels = LevelStore(None)
    table = LightTable(levels)
    qtbot.addWidget(table, before_close_func=lambda _table: levels.close())
    table.resize(ROOM)
    table.show()
    table.set_show_names(False)
    table.set_images([TableImage(n + 1, "", str(path), w, h) for n, (path, w, h) in enumerate(files)])
    settle(qtbot, table)
    return table


def settle(qtbot: QtBot, table: LightTable) -> None:
    """Until nothing that is painted will become better by itself."""

    def still() -> bool:
        table.grab()
        return not table.picture.is_busy

    qtbot.waitUntil(still, timeout=60_000)


def test_the_thinnest_images_leave_a_line_at_every_zoom(qtbot: QtBot, tmp_path: Path) -> None:
    tall = file_of(tmp_path, "tall.png", 1, 20_000)
    wide = file_of(tmp_path, "wide.png", 20_000, 1)
    table = table_with(qtbot, (tall, 1, 20_000), (wide, 20_000, 1))
    for zoom in (None, 0.0001, 1.0):
        if zoom is None:
            table.show_whole()
        else:
            table.zoom_by(zoom / (table.zoom_percent / 100))
        settle(qtbot, table)
        shot = table.grab().toImage()
        for index, frame in table.frames():
            seen = table.viewport.target(frame).intersected(frame.pane)
            assert seen.width() >= 1
            assert seen.height() >= 1
            middle = seen.center().toPoint()
            near = [shot.pixelColor(middle + QPoint(x, y)) for x in (-1, 0) for y in (-1, 0)]
            assert any(colour.red() == RED[0] for colour in near), (zoom, index)


def test_the_loupe_shows_the_same_part_of_images_of_different_size(qtbot: QtBot, tmp_path: Path) -> None:
    small = file_of(tmp_path, "small.png", 120, 120, right_half_blue)
    large = file_of(tmp_path, "large.png", 3600, 3600, right_half_blue)
    table = table_with(qtbot, (small, 120, 120), (large, 3600, 3600))
    table.set_loupe(True)
    first, second = (frame.pane for _, frame in table.frames())
    QTest.mouseMove(table, (first.center() - QPointF(12, 0)).toPoint())
    settle(qtbot, table)
    shot = table.grab().toImage()
    for across in range(-90, 91, 30):
        spots = [QPointF(pane.center().x() - 12 + across, pane.center().y()).toPoint() for pane in (first, second)]
        colours = [shot.pixelColor(spot).red() > 120 for spot in spots]
        assert colours[0] == colours[1], across


def test_the_loupe_is_moved_with_keys(qtbot: QtBot, tmp_path: Path) -> None:
    path = file_of(tmp_path, "one.png", 200, 200)
    table = table_with(qtbot, (path, 200, 200), (path, 200, 200))
    table.set_loupe(True)
    QTest.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    begin = QPointF(table.pointer)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(table, Qt.Key.Key_Down, both)
    assert table.pointer - begin == QPointF(0, 50)
    for _ in range(60):
        QTest.keyClick(table, Qt.Key.Key_Left, both)
    assert table.rect().contains(table.pointer.toPoint())


def test_at_rest_an_image_is_as_smooth_as_one_drawn_in_one_go(qtbot: QtBot, tmp_path: Path) -> None:
    def stripes(image: Image.Image) -> None:
        for place in range(0, image.width, 6):
            ImageDraw.Draw(image).line((place, 0, place + 200, image.height), fill=BLUE, width=2)

    path = file_of(tmp_path, "stripes.png", 1000, 1000, stripes)
    table = table_with(qtbot, (path, 1000, 1000), (path, 1000, 1000))
    for mirrored in (False, True):
        table.set_mirrored(mirrored)
        for step in (QPointF(0, 0), QPointF(-7, 4)):
            table.zoom_by(1.3)
            frame = table.frames()[0][1]
            table.viewport.pan(frame, step)
            settle(qtbot, table)
            shot = table.grab().toImage()
            expected = drawn_in_one_go(table, path, mirrored=mirrored)
            spots = [QPoint(x, y) for x in range(60, 420, 40) for y in range(100, 480, 40)]
            apart = [_distance(shot.pixelColor(one), expected.pixelColor(one)) for one in spots]
            assert max(apart) <= 24, (mirrored, step)


def drawn_in_one_go(table: LightTable, path: Path, *, mirrored: bool) -> QImage:
    frame = table.frames()[0][1]
    target = table.viewport.target(frame)
    target = QRectF(target.left(), target.top(), round(target.width()), round(target.height()))
    picture = QImage(ROOM, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if mirrored:
        painter.translate(2 * target.center().x(), 0)
        painter.scale(-1, 1)
    painter.drawImage(target, QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32))
    painter.end()
    return picture


def _distance(one: QColor, other: QColor) -> int:
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))


def test_what_is_held_stays_below_the_limits(qtbot: QtBot, tmp_path: Path) -> None:
    path = file_of(tmp_path, "large.png", 3000, 3000)
    table = table_with(qtbot, *[(path, 3000, 3000)] * 9)
    for mode in (Mode.SIDE, Mode.WIPE, Mode.BLINK):
        table.set_mode(mode)
        for step in range(12):
            table.zoom_by(1.4 if step < 8 else 0.6)
            settle(qtbot, table)
            assert table.levels.size_bytes <= 256 * 1024 * 1024
            assert table.picture.images.cuts.size_bytes <= 96 * 1024 * 1024
    table.set_images([])
    assert table.levels.size_bytes == table.picture.images.cuts.size_bytes == 0


def test_a_part_of_an_image_that_qt_will_not_decode_by_default_is_read(tmp_path: Path) -> None:
    path = file_of(tmp_path, "huge.png", 8400, 8400, right_half_blue)
    part = decode(str(path), QSize(8400, 8400), 0, (4000, 100, 400, 200))
    assert (part.width(), part.height()) == (400, 200)
    assert part.pixelColor(10, 10).red() == RED[0]
    assert part.pixelColor(390, 190).blue() == BLUE[2]


def test_a_camera_turned_the_image(tmp_path: Path) -> None:
    image = Image.new("RGB", (60, 40), RED)
    right_half_blue(image)
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.jpg", exif=exif, quality=95)
    whole = decode(str(tmp_path / "turned.jpg"), QSize(40, 60), 0)
    assert (whole.width(), whole.height()) == (40, 60)
    assert whole.pixelColor(20, 5).red() > 180
    assert whole.pixelColor(20, 55).blue() > 180
    half = decode(str(tmp_path / "turned.jpg"), QSize(40, 60), 1)
    assert (half.width(), half.height()) == (20, 30)
    part = decode(str(tmp_path / "turned.jpg"), QSize(40, 60), 0, (0, 40, 40, 20))
    assert (part.width(), part.height()) == (40, 20)
    assert part.pixelColor(20, 10).blue() > 180


def test_drawings_are_never_rendered(tmp_path: Path) -> None:
    path = tmp_path / "drawing.png"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    assert decode(str(path), QSize(9, 9), 0).isNull()


def test_a_file_without_pixels_and_preview_has_words_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    good = file_of(tmp_path, "good.png", 50, 50)
    table = table_with(qtbot, (broken, 50, 50), (good, 50, 50))
    assert "no preview" in trouble_of(table.levels, table.images[0], 1.0)
    assert trouble_of(table.levels, table.images[1], 1.0) == ""


def test_a_name_is_cut_only_where_it_still_says_something(qtbot: QtBot) -> None:
    metrics = QFontMetricsF(QApplication.font())
    whole, model = "Alibaba Tongyi qwen-image-3.0", "qwen-image-3.0"
    wide, narrow = (metrics.horizontalAdvance(words) + 2 * Space.S for words in (whole, model))
    assert fitting_name(whole, metrics, wide + 1) == whole
    assert fitting_name(whole, metrics, wide - 1) == fitting_name(whole, metrics, narrow + 1) == model
    assert fitting_name(whole, metrics, narrow * 0.9).startswith("qwen-im")
    assert fitting_name(whole, metrics, narrow * 0.4) == ""
    assert fitting_name("", metrics, 10) == ""
