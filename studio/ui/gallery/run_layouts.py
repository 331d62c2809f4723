"""Layouts of the runs that are shown, each computed once for as long as it holds."""

from __future__ import annotations

from weakref import ref

from studio.ui.gallery.run_layout import RunLayout, RunShape, RunView, lay_out, shape_of
from studio.ui.gallery.run_row import RunRow

_KEPT = 48


class RunLayouts:
    """By run, for one way of showing them all; `show` changes it, and which prompts are unfolded.

    A row is only looked at here: one that is held would keep its whole run in memory."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[ref[RunRow], RunShape, RunLayout]] = {}
        self._unfolded: set[int] = set()
        self.view = RunView(width=0.0)

    def show(self, view: RunView) -> None:
        """From now on runs are laid out like this."""
        self.view = view
        self._kept.clear()

    def clear(self) -> None:
        """Everything is laid out anew: fonts or words have changed."""
        self._kept.clear()

    def toggle_prompt(self, run_id: int) -> None:
        """Show a prompt whole, or two lines of it."""
        self._unfolded ^= {run_id}
        self._kept.pop(run_id, None)

    def of(self, row: RunRow) -> RunLayout:
        """Where the parts of a run lie, from its own corner."""
        run_id = row.run.id
        kept = self._kept.get(run_id)
        if kept is not None and kept[0]() is row:
            return kept[2]
        shape = shape_of(row)
        same = kept is not None and kept[1] == shape
        layout = kept[2] if kept is not None and same else lay_out(row, self.view, unfolded=run_id in self._unfolded)
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[run_id] = (ref(row), shape, layout)
        return layout
