"""Loads the modules of dialogs ahead, one at a time, so that no dialog waits for them when it is first opened."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

from studio.ui.steps import Steps

FIRST_MS, PAUSE_MS = 2_000, 120
MODULES: Final = (
    "studio.ui.sweep.cost",
    "studio.ui.sweep.draft",
    "studio.ui.sweep.pick",
    "studio.ui.sweep.cards",
    "studio.ui.sweep.example",
    "studio.ui.sweep.sample_row",
    "studio.ui.sweep.form",
    "studio.ui.sweep.shape",
    "studio.ui.sweep.matrix_model",
    "studio.ui.sweep.matrix_view",
    "studio.ui.small_pictures",
    "studio.ui.sweep.notices",
    "studio.ui.sweep.matrix_pane",
    "studio.ui.sweep.offers",
    "studio.ui.sweep.sheet",
    "studio.ui.sweep.forecaster",
    "studio.ui.sweep.starter",
    "studio.ui.sweep.builder",
    "studio.ui.window.large_view",
    "studio.ui.preferences.form",
    "studio.ui.preferences.pages",
    "studio.ui.preferences.model_table",
    "studio.ui.preferences.provider_form",
    "studio.ui.preferences.provider_list",
    "studio.ui.preferences.providers",
    "studio.ui.preferences.shortcuts_page",
    "studio.ui.preferences.dialog",
    "studio.ui.export_dialog.file_list",
    "studio.ui.export_dialog.name_field",
    "studio.ui.export_dialog.notes",
    "studio.ui.export_dialog.sheet_preview",
    "studio.ui.export_dialog.options_form",
    "studio.ui.export_dialog.dialog",
    "studio.ui.sweep.history",
    "studio.ui.help.viewer",
)
"""What needs others comes after them: each is a step of a few milliseconds."""


class ImportsAhead(Steps):
    """Begins some time after the window is open, when the first look at it is over."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(_load(), parent, pause_ms=PAUSE_MS)
        QTimer.singleShot(FIRST_MS, self, self.start)


def _load() -> Iterator[None]:
    for name in MODULES:
        import_module(name)
        yield
