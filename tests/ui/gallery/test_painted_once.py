"""What was painted once is copied, until it has to make room or the look of the window changes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from studio.ui.gallery import painted_once
from studio.ui.gallery.painted_once import PaintedOnce
from studio.ui.theme import Scheme, Theme

_BYTES = 20 * 10 * 4


class Drawn:
    """Draws boxes of 20 x 10 px with one `PaintedOnce` and counts how often one had to be painted."""

    def __init__(self) -> None:
        self.once, self.painted = PaintedOnce(), 0
        self._canvas = QPixmap(200, 200)

    def draw(self, key: str) -> None:
        painter = QPainter(self._canvas)
        self.once.draw(painter, QRectF(QPointF(0, 0), QSizeF(20, 10)), key, self._paint, 1.0)
        painter.end()

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, Qt.GlobalColor.red)
        self.painted += 1


@pytest.fixture
def drawn(theme: Theme) -> Drawn:
    return Drawn()


def test_the_same_again_is_copied_and_another_look_is_painted(drawn: Drawn, theme: Theme) -> None:
    drawn.draw("box")
    drawn.draw("box")
    assert (drawn.painted, drawn.once.size_bytes) == (1, _BYTES)
    theme.set_scheme(Scheme.LIGHT)
    drawn.draw("box")
    assert (drawn.painted, drawn.once.size_bytes) == (2, _BYTES)


def test_over_the_limit_in_bytes_what_was_drawn_longest_ago_goes(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painted_once, "LIMIT_BYTES", 2 * _BYTES)
    for key in ("first", "second", "first", "third"):
        drawn.draw(key)
    assert (drawn.painted, drawn.once.size_bytes) == (3, 2 * _BYTES)
    drawn.draw("first")
    assert drawn.painted == 3
    drawn.draw("second")
    assert drawn.painted == 4


def test_one_larger_than_the_limit_is_still_drawn_and_counted(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painted_once, "LIMIT_BYTES", 1)
    drawn.draw("box")
    drawn.draw("box")
    assert (drawn.painted, drawn.once.size_bytes) == (1, _BYTES)
    drawn.draw("other")
    assert drawn.once.size_bytes == _BYTES
