"""The list of files: what became of each, in libraries of any size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.domain.exporting import ExportOptions
from studio.export.plan import plan_export
from studio.ui.export_dialog.file_list import FILE_ROLE, FileListModel
from studio.ui.theme import Theme
from tests.unit.export.conftest import make_image, make_run


def test_outcomes_come_in_any_order_and_reach_their_row(qtbot: QtBot, theme: Theme) -> None:
    image = make_image(make_run())
    files = plan_export([image] * 300, ExportOptions(), Path("/exports"), lambda _: []).files
    model = FileListModel()
    model.show_files(files)
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    for row in (0, 1, 290, 3, 150, 2):
        model.set_outcomes([(files[row], "exported", "")])
    assert told == [0, 1, 290, 3, 150, 2]
    assert model.index(3, 0).data(FILE_ROLE)[1] == "exported"
    assert "exported" in model.index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "exported" not in model.index(4, 0).data(Qt.ItemDataRole.AccessibleTextRole)
