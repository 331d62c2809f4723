"""The pane that keys act on: stepped through by Page Up and Page Down while images lie side by side. Where they lie
over each other the same keys bring the next or the previous image as B."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.compare.panes import Mode

if TYPE_CHECKING:
    from studio.ui.compare.light_table import LightTable


class ChosenPane:
    """Nothing is chosen until the first step, and nothing where images lie over each other: there A and B are meant."""

    def __init__(self, table: LightTable) -> None:
        self._table = table
        self._image_id: int | None = None

    @property
    def place(self) -> int | None:
        """Of the chosen image on the table; None when none is chosen that can be seen."""
        table = self._table
        if self._image_id is None or table.mode is not Mode.SIDE or table.first_only:
            return None
        return next((i for i in table.shown_indexes() if table.images[i].id == self._image_id), None)

    @property
    def main_place(self) -> int:
        """The place of the chosen image, else of A."""
        place = self.place
        return self._table.pair[0] if place is None else place

    def step(self, by: int) -> None:
        """On to the next pane (1) or back (-1), round and round; the first or the last where none was chosen."""
        table = self._table
        if table.mode is not Mode.SIDE:
            self._step_second(by)
            return
        if len(table.images) < 2:
            return
        shown, place = table.shown_indexes(), self.place
        before = shown.index(place) if place is not None else -1 if by > 0 else 0
        self._image_id = table.images[shown[(before + by) % len(shown)]].id
        table.update()
        table.changed.emit()

    def _step_second(self, by: int) -> None:
        """Another image against A, round and round. A blind vote is about its own two."""
        table = self._table
        first, second = table.pair
        others = [place for place in range(len(table.images)) if place != first]
        if not table.blind and second in others:
            table.set_pair(first, others[(others.index(second) + by) % len(others)])

    def forget(self) -> None:
        """No pane is chosen."""
        self._image_id = None
