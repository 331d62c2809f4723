"""What buttons, keys and menus of tiles ask for, said through `StudioActions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.ui.gallery.tile import Tile, TileState

if TYPE_CHECKING:
    from studio.ui.actions import StudioActions


class TileWishes(QObject):
    """Knows no view: it gets tiles and image ids and emits the one signal that fits."""

    def __init__(self, actions: StudioActions, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions

    def press(self, tile: Tile, button: str) -> None:
        """A button of a tile: ``vary``, ``reference``, ``copy`` or ``problem`` (the one of a tile without image)."""
        actions = self._actions
        match button:
            case "problem":
                self._press_problem(tile)
            case "vary" if tile.image is not None:
                actions.vary.emit(tile.image.id)
            case "reference" if tile.image is not None:
                actions.use_as_reference.emit([tile.image.id])
            case "copy" if tile.image is not None:
                actions.copy_images.emit([tile.image.id])
            case _:
                pass

    def _press_problem(self, tile: Tile) -> None:
        actions = self._actions
        match tile.state:
            case TileState.MISSING if tile.image is not None:
                actions.find_file.emit(tile.image.id)
            case TileState.RETRY:
                actions.cancel_job.emit(tile.job_id)
            case TileState.UNCERTAIN:
                actions.show_job.emit(tile.job_id)
            case TileState.CANCELLED:
                actions.generate_again.emit(tile.job_id)
            case TileState.FAILED if tile.problem is not None:
                actions.problem_action.emit(tile.job_id, tile.problem)
            case _ if tile.state.is_live:
                actions.cancel_job.emit(tile.job_id)
            case _:
                actions.show_job.emit(tile.job_id)
