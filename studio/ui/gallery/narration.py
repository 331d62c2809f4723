"""What screen readers hear of the gallery beside what has the focus: the tile in Runs, how many are chosen or found."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from studio.ui.actions import StudioActions
from studio.ui.gallery import run_words, tile_words
from studio.ui.gallery.runs_view import RunsView
from studio.ui.gallery.selection import SelectedImages
from studio.ui.gallery.tile import Tile
from studio.ui.widgets import Announcer

_NO_RUN = -1


class Narrator(QObject):
    """Follows the Runs view and the selection; `tell_counts` and `tell_failure` are called."""

    def __init__(self, runs: RunsView, selection: SelectedImages, actions: StudioActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._runs, self._selection = runs, selection
        self._announcer = Announcer(parent)
        self._run = _NO_RUN
        self._several = False
        self._waiting = False
        runs.current_changed.connect(self._tell_current)
        selection.changed.connect(self._tell_selection)

    def _tell_current(self) -> None:
        """In Runs the list items are whole runs: the tile with the cursor is told, and before it a run just entered."""
        if not self._runs.hasFocus():
            self._run = _NO_RUN
            return
        row, tile = self._runs.row(self._runs.current[0]), self._runs.current_tile()
        if row is not None and tile is not None:
            entered = row.run.id != self._run
            self._run = int(row.run.id)
            self._announcer.say_now(run_words.spoken_tile(row, tile, entered=entered))

    def _tell_selection(self) -> None:
        """Several at once, or none after several; one alone is what the cursor is on."""
        count = len(self._selection)
        if count > 1 or (self._several and not count):
            self._announcer.answer(self.tr("%n selected", "", count))
        self._several = count > 1

    def expect_counts(self) -> None:
        """Other images are asked for: how many there are is told once it is known."""
        self._waiting = True

    def tell_counts(self, words: str) -> None:
        """``3 of 48 images``, once for each `expect_counts`."""
        if self._waiting:
            self._waiting = False
            self._announcer.say(words)

    def tell_failure(self, tile: Tile) -> None:
        """At once: it may have cost money. While names are hidden, the notifications tell it without."""
        if not self._actions.names_hidden:
            self._announcer.say_now(f"{tile_words.spoken(tile)}. {tile_words.text(tile)}")
