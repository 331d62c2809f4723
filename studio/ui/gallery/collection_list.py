"""The collections of the library as menus need them: read beforehand, since a menu cannot wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.ui.tasks import FaultDoor, TaskBag

if TYPE_CHECKING:
    from studio.ui.client import StudioClient


class CollectionList(QObject):
    """Names with numbers of images, by name. `changed` comes when they were read again."""

    changed = Signal()

    def __init__(self, client: StudioClient, on_fault: FaultDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._tasks = TaskBag(self, on_fault)
        self.counts: Sequence[tuple[str, int]] = ()

    def end(self) -> None:
        """The window closes: nothing more is asked of the library."""
        self._tasks.cancel_all()

    def refresh(self) -> None:
        self._tasks.start("collections", self._read())

    async def _read(self) -> None:
        found = await self._client.run(lambda studio: studio.workspace.organiser.collections())
        self.counts = [(one.name, one.image_count) for one in found]
        self.changed.emit()
