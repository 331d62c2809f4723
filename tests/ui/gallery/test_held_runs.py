"""A window that generates for days does not hold what has come: runs are counted, not megabytes."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

import pytest

from studio.domain.errors import KeyRejected
from studio.domain.events import RunFinished
from studio.domain.jobs import Run
from studio.ui.gallery import runs_model
from studio.ui.gallery.gallery import GalleryPanel
from studio.ui.gallery.query_text import Filter
from studio.ui.gallery.run_row import RunRow
from tests.ui.gallery.conftest import OnStage
from tests.ui.gallery.events import failed, run_of, started
from tests.ui.gallery.stage import Stage, until

_FIRST, _RUNS = 100, 40
_PAGE_ROWS, _PAGES_KEPT = 2, 2
_ENTRIES_MOST = 2 * _PAGE_ROWS + _PAGES_KEPT * _PAGE_ROWS
"""On top and in pages."""
_ROWS_MOST = _PAGE_ROWS * (_PAGES_KEPT + 2) + 1


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_model, "PAGE_ROWS", _PAGE_ROWS)
    monkeypatch.setattr(runs_model, "_PAGES_KEPT", _PAGES_KEPT)


async def play_run(panel: GalleryPanel, number: int) -> None:
    """One run comes on top, is laid out, fails and is over."""
    run = run_of(number, ("demo/demo-painter",), prompt=f"sketch {number}")
    panel.apply([started(run)])
    assert panel.runs.layout_of(0) is not None
    over = RunFinished(at=datetime.now(UTC), run_id=run.id, run=run)
    panel.apply([*failed(run, 0, KeyRejected(provider="Demo")), over])
    del run, over
    await until(lambda: not panel.run_list.live_rows(), "the run is over")


def alive(kind: type[Run | RunRow]) -> set[int]:
    """Numbers of the test's runs of which there still is an object of this kind."""
    gc.collect()
    found = [one for one in gc.get_objects() if isinstance(one, kind)]
    numbers = {int(one.id if isinstance(one, Run) else one.run.id) for one in found}
    return {number for number in numbers if number >= _FIRST}


def test_a_run_in_the_list_leaves_replies_to_the_details_and_shares_its_names(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = stage.panel
        panel.show()
        panel.set_view("runs")
        await until(lambda: panel.run_list.rowCount() == 2, "the rows of the library")
        run = await stage.generate("a third vase")
        await until(lambda: panel.run_list.rowCount() == 3 and not panel.run_list.live_rows(), "the run is settled")
        rows = [panel.run_list.row_at(number) for number in range(3)]
        assert rows[0] is not None
        assert rows[0].run.id == run.id
        calls = [call for row in rows if row is not None for job in row.run.jobs for call in job.calls]
        assert len(calls) == 5
        assert all(call.exchange is None for call in calls)
        images = [tile.image for row in rows if row is not None for tile in row.tiles if tile.image is not None]
        assert len(images) == 5
        assert len({id(image.model_fields_set) for image in images}) == 1
        assert len({id(image.facts.model_fields_set) for image in images}) == 1

    on_stage(scene)


def test_runs_that_came_on_top_are_forgotten(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = stage.panel
        panel.resize(900, 700)
        panel.show()
        panel.set_view("runs")
        await until(lambda: panel.run_list.rowCount() == 2, "the rows of the library")
        for number in range(_FIRST, _FIRST + _RUNS):
            await play_run(panel, number)
        assert panel.run_list.rowCount() == 2 + _RUNS
        assert len(alive(RunRow)) <= _ROWS_MOST, "rows live as long as their model keeps them, layouts hold none"
        assert len(alive(Run)) <= _ENTRIES_MOST + _ROWS_MOST

    on_stage(scene)


def test_runs_that_came_on_top_of_a_filtered_list_are_forgotten(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = stage.panel
        panel.resize(900, 700)
        panel.show()
        panel.set_view("runs")
        panel.set_filters([Filter("seed", ("0",))])
        await until(lambda: panel.run_list.rowCount() == 1, "the row that matches")
        for number in range(_FIRST, _FIRST + _RUNS):
            await play_run(panel, number)
        await until(lambda: panel.run_list.rowCount() <= 1 + _ENTRIES_MOST, "the library has been asked again")
        assert len(alive(Run)) <= _ENTRIES_MOST + _ROWS_MOST

    on_stage(scene)
