"""Which images are selected, by number, whatever shows them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class SelectedImages(QObject):
    """One for the gallery: both views write it and follow it, so a change of view keeps the selection.

    `changed` comes once per change. A tile without an image (it failed, or waits) cannot be selected with others; its
    key stands alone in `tile_key`."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: dict[int, None] = {}
        self._tile_key = ""

    @property
    def ids(self) -> list[int]:
        """In the order in which they were selected."""
        return list(self._ids)

    @property
    def tile_key(self) -> str:
        return self._tile_key

    def __contains__(self, image_id: object) -> bool:
        return image_id in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def set_ids(self, image_ids: Iterable[int], tile_key: str = "") -> None:
        """Select exactly these; those that stay keep their place in the order."""
        wanted = dict.fromkeys(image_ids)
        if wanted.keys() == self._ids.keys() and tile_key == self._tile_key:
            return
        kept = {image_id: None for image_id in self._ids if image_id in wanted}
        self._ids = {**kept, **wanted}
        self._tile_key = tile_key
        self.changed.emit()

    def toggle(self, image_id: int) -> None:
        """Add it, or take it out."""
        ids = self.ids
        if image_id in self._ids:
            ids.remove(image_id)
        else:
            ids.append(image_id)
        self.set_ids(ids)

    def clear(self) -> None:
        self.set_ids(())
