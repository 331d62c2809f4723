"""The chips of the filter bar where room is short."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.ui.gallery.chip_row import largest_share
from studio.ui.gallery.filter_bar import FilterBar
from studio.ui.gallery.query_text import Filter


def test_only_the_longest_give_way() -> None:
    assert largest_share([100, 300, 50], 1000) > 1000
    assert largest_share([100, 300, 50], 350) == 200
    assert largest_share([100, 300, 50], 180) == 65
    assert largest_share([], 0) > 0


def test_short_chips_keep_their_words_and_the_plus_its_place(qtbot: QtBot) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.set_view("grid")
    bar.resize(800, bar.height())
    bar.show()
    bar.set_count("3 selected · 5 of 16 images")
    bar.set_filters([Filter("rating", ("3+",)), Filter("collection", ("Moodboard", "Client A, final", "Client B"))])
    QApplication.processEvents()
    short, long = bar.chips()
    assert short.width() == short.sizeHint().width()
    assert long.width() < long.sizeHint().width()
    assert (bar.add_chip.toolTip(), bar.add_chip.width()) == ("Add filter", bar.add_chip.sizeHint().width())
    bar.resize(1600, bar.height())
    QApplication.processEvents()
    assert long.width() == long.sizeHint().width()
    assert bar.add_chip.toolTip() == ""
