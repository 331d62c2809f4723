"""What the engine tells becomes the state and the words of tiles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from studio.domain.errors import (
    Cancelled,
    KeyRejected,
    NoImage,
    PromptRefused,
    RateLimited,
    ResultWithheld,
    StudioError,
    Uncertain,
)
from studio.domain.jobs import CallState, JobState
from studio.ui.gallery import tile_words
from studio.ui.gallery.live import LiveTiles
from studio.ui.gallery.tile import TileState
from studio.ui.gallery.tile_painter import TilePainter
from studio.ui.theme import Theme
from tests.ui.gallery.events import call_changed, failed, partial, progressed, queue_changed, retry, run_of, started

if TYPE_CHECKING:
    from studio.ui.gallery.thumbnails import ThumbnailCache

RUN = run_of(7, ("demo/demo-painter", "demo/demo-poster"))


@pytest.fixture
def live() -> LiveTiles:
    tiles = LiveTiles()
    tiles.take(started(RUN))
    return tiles


def _first(live: LiveTiles) -> tuple[TileState, str]:
    tile = live.tile(f"{RUN.jobs[0].id}#0")
    assert tile is not None
    return tile.state, tile_words.title(tile) + "|" + tile_words.pill(tile)


def test_queue_place_then_waiting_then_preview_then_progress(live: LiveTiles, tmp_path: Path) -> None:
    live.take(call_changed(RUN, 0, CallState.QUEUED, queue_place=2))
    tile = live.unfinished()[0]
    assert (tile_words.title(tile), tile_words.text(tile), tile_words.button(tile)) == (
        "Queued",
        "2nd in line",
        "Cancel",
    )
    live.take(call_changed(RUN, 0, CallState.SENDING))
    assert _first(live) == (TileState.WAITING, "Waiting for demo|")
    live.take(partial(RUN, 0, tmp_path / "one.png"))
    assert _first(live) == (TileState.PARTIAL, "Waiting for demo|Preview 2 of 3")
    live.take(progressed(RUN, 0, 0.62))
    assert _first(live) == (TileState.PROGRESS, "Waiting for demo|62 %")


def test_a_resumed_call_says_so(live: LiveTiles) -> None:
    live.take(call_changed(RUN, 0, CallState.RUNNING, resumed=True))
    assert _first(live)[1].startswith("Picked up again")


def test_a_retry_counts_down_and_can_be_stopped(live: LiveTiles) -> None:
    live.take(retry(RUN, 0, RateLimited(provider="Demo").problem))
    tile = live.unfinished()[0]
    assert tile.state is TileState.RETRY
    assert tile_words.title(tile) == "Too many requests"
    assert tile_words.text(tile).endswith("2 of 4.")
    assert tile_words.button(tile) == "Stop trying"


@pytest.mark.parametrize(
    ("error", "state", "title", "button"),
    [
        (KeyRejected(provider="Demo"), TileState.FAILED, "Key not accepted", "Open Preferences"),
        (PromptRefused(provider="Demo"), TileState.FAILED, "Refused by its filter", "Edit prompt"),
        (ResultWithheld(provider="Demo"), TileState.UNCERTAIN, "Picture withheld", "What to do"),
        (Uncertain(provider="Demo"), TileState.UNCERTAIN, "May have been billed", "What to do"),
        (NoImage(provider="Demo"), TileState.FAILED, "Text, but no image", "Read answer"),
    ],
)
def test_every_failure_has_its_words_and_one_button(
    live: LiveTiles, error: StudioError, state: TileState, title: str, button: str
) -> None:
    for event in failed(RUN, 0, error):
        live.take(event)
    tile = live.tile(f"{RUN.jobs[0].id}#0")
    assert tile is not None
    assert (tile.state, tile_words.title(tile), tile_words.button(tile)) == (state, title, button)


def test_a_job_that_ends_leaves_no_tile_waiting(live: LiveTiles) -> None:
    _, over = failed(RUN, 1, PromptRefused(provider="Demo"), JobState.CANCELLED)
    live.take(over)
    tile = live.tile(f"{RUN.jobs[1].id}#0")
    assert tile is not None
    assert tile.state is TileState.CANCELLED


def test_failed_tiles_stay_until_the_next_run_begins(live: LiveTiles) -> None:
    for event in failed(RUN, 0, KeyRejected(provider="Demo")):
        live.take(event)
    live.settle(RUN.id)
    assert next(tile.state for tile in live.unfinished()) is TileState.FAILED
    live.take(started(run_of(8, ("demo/demo-painter",))))
    assert {tile.run_id for tile in live.unfinished()} == {8}


def test_what_waits_says_what_is_paused_in_place_of_its_place_in_line(live: LiveTiles) -> None:
    def words(job: int) -> tuple[str, str]:
        tile = live.tile(f"{RUN.jobs[job].id}#0")
        assert tile is not None
        return tile_words.title(tile), tile_words.text(tile)

    live.take(call_changed(RUN, 0, CallState.QUEUED, queue_place=1))
    live.take(queue_changed(held_runs=(RUN.id,), paused=True))
    assert words(0) == words(1) == ("Paused", "with its sweep")
    live.take(queue_changed(paused_runs=(RUN.id,), paused=True))
    assert words(0) == ("Paused", "with its run")
    live.take(queue_changed(paused=True))
    assert words(0) == ("Paused", "with the queue")
    later = run_of(8, ("demo/demo-painter",))
    live.take(started(later))
    tile = live.tile(f"{later.jobs[0].id}#0")
    assert tile is not None
    assert tile_words.spoken(tile, 1) == "demo demo-painter, run 8, image 1 of 1, Paused"
    live.take(queue_changed())
    assert words(0) == ("Queued", "1st in line")


def test_what_a_screen_reader_hears(live: LiveTiles) -> None:
    live.take(call_changed(RUN, 0, CallState.QUEUED, queue_place=1))
    tile = live.tile(f"{RUN.jobs[0].id}#0")
    assert tile is not None
    assert tile_words.spoken(tile, 1) == "demo demo-painter, run 7, image 1 of 1, Queued"
    assert tile_words.spoken(tile) == "demo demo-painter, run 7, image 1, Queued", "of how many is not known"


def test_narrow_tiles_say_the_same_in_fewer_words(live: LiveTiles) -> None:
    live.take(call_changed(RUN, 0, CallState.SENDING))
    tile = live.tile(f"{RUN.jobs[0].id}#0")
    assert tile is not None
    tile = tile.changed(usual_s=(15.0, 90.0), since=0.0)
    assert (tile_words.title(tile), tile_words.short_title(tile)) == ("Waiting for demo", "Waiting")
    assert (tile_words.text(tile), tile_words.short_text(tile)) == ("0 s · usually 15–90 s", "0 s")
    again = tile.changed(resumed=True)
    assert tile_words.short_title(again) == tile_words.title(again)


class _Listening(QPainter):
    """Keeps what is written."""

    def __init__(self, canvas: QPixmap) -> None:
        super().__init__(canvas)
        self.written: list[str] = []

    def drawText(self, *arguments: object) -> None:  # type: ignore[override]  # whatever its other arguments are
        self.written.append(str(arguments[-1]))


def test_a_low_tile_says_whether_a_cancelled_image_was_billed(theme: Theme, live: LiveTiles) -> None:
    for event in failed(RUN, 0, Cancelled(charged="maybe")):
        live.take(event)
    tile = live.tile(f"{RUN.jobs[0].id}#0")
    assert tile is not None
    canvas = QPixmap(114, 76)
    painter = _Listening(canvas)
    TilePainter(cast("ThumbnailCache", None)).paint(painter, tile, QRectF(0, 0, 114, 76))
    painter.end()
    assert " ".join(painter.written) == "Cancelled It may have been billed."
