"""What buttons and keys of tiles ask for, said through `StudioActions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from studio.ui.gallery.tile import Tile, TileState

if TYPE_CHECKING:
    from studio.ui.actions import StudioActions

_REPEATING = {"try_again", "generate", "generate_anyway"}
"""Actions of problems that make a new run of a failed job."""
_RATINGS = {getattr(Qt.Key, f"Key_{stars}"): stars for stars in range(6)}


def sends_again(tile: Tile) -> bool:
    """Whether its one button generates at once."""
    if tile.state is TileState.CANCELLED:
        return True
    return tile.state is TileState.FAILED and tile.problem is not None and tile.problem.action in _REPEATING


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

    def key(self, event: QKeyEvent, ids: list[int], current: Tile | None, *, single_keys: bool) -> bool:
        """A key in the gallery; whether it meant something here. `ids` are selected, `current` has the cursor.

        `single_keys`: keys without Ctrl may act (Preferences > Shortcuts)."""
        marks = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        if not ids and current is not None and current.image is not None:
            ids = [int(current.image.id)]
        if event.modifiers() & marks:
            return self._with_control(event, ids)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None and current.image is None:
            self._press_problem(current)
            return True
        if event.key() == Qt.Key.Key_Delete and ids:
            trashed = current is not None and current.image is not None and current.image.trashed_at is not None
            (self._actions.empty_trash if trashed else self._actions.trash).emit(ids)
            return True
        return single_keys and bool(ids) and self._single(event.key(), ids, current)

    def _with_control(self, event: QKeyEvent, ids: list[int]) -> bool:
        if event.key() != Qt.Key.Key_C or not event.modifiers() & Qt.KeyboardModifier.ControlModifier or not ids:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._actions.copy_prompt.emit(ids[-1])
        else:
            self._actions.copy_images.emit(ids)
        return True

    def _single(self, key: int, ids: list[int], current: Tile | None) -> bool:
        actions = self._actions
        image = current.image if current is not None else None
        one = int(image.id) if image is not None and image.id in ids else ids[-1]
        if key in _RATINGS:
            actions.rate.emit(ids, _RATINGS[Qt.Key(key)])
            return True
        match key:
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                actions.open_large.emit(one)
            case Qt.Key.Key_T:
                actions.edit_tags.emit(ids)
            case Qt.Key.Key_A:
                actions.pick_collection.emit(ids)
            case Qt.Key.Key_R:
                actions.load_settings.emit(one)
            case Qt.Key.Key_L:
                actions.look_at_settings.emit(one)
            case Qt.Key.Key_V:
                actions.vary.emit(one)
            case Qt.Key.Key_U:
                actions.use_as_reference.emit(ids)
            case Qt.Key.Key_C:
                actions.compare.emit(ids)
            case Qt.Key.Key_B:
                actions.vote.emit(ids)
            case Qt.Key.Key_X:
                actions.reject.emit(ids, not (image is not None and image.rejected))
            case _:
                return False
        return True
