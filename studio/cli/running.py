"""A run on the terminal, from its start to the last saved image."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Sequence

from studio.bootstrap import Studio
from studio.cli.progress import Watcher, make_watcher
from studio.cli.way_out import WayOut, wait_with_way_out
from studio.domain.events import ImageSaved, StudioEvent
from studio.domain.jobs import ImageRecord, Run
from studio.domain.values import RunId


class Attention:
    """Listens from before a run starts, so that no event is missed, and keeps what was saved."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._early: list[StudioEvent] = []
        self._runs: set[RunId] = set()
        self.images: dict[str, list[ImageRecord]] = {}

    def begin(self, runs: Sequence[Run]) -> None:
        for run in runs:
            self._runs.add(run.id)
            self._watcher.begin(run)
        early, self._early = self._early, []
        for event in early:
            self.take(event)

    def take(self, event: StudioEvent) -> None:
        run_id = getattr(event, "run_id", None)
        if not self._runs:
            self._early.append(event)
            return
        if run_id not in self._runs:
            return
        if isinstance(event, ImageSaved):
            self.images.setdefault(event.job_id, []).append(event.image)
        self._watcher.take(event)


@contextlib.contextmanager
def attention_to(studio: Studio, *, quiet: bool, as_json: bool) -> Iterator[Attention]:
    """Hears everything of the engine and shows it, until the end of the `with`."""
    with contextlib.ExitStack() as watching:
        attention = Attention(watcher := make_watcher(quiet=quiet, as_json=as_json))
        watching.callback(studio.engine.listen(attention.take))
        watching.enter_context(watcher)
        yield attention


async def see_through(studio: Studio, runs: Sequence[Run], timeout_s: float | None = None) -> tuple[Run, ...]:
    """The runs when they are over. The way out cancels what can be cancelled; what is open then the journal has, for
    `prompt-studio resume`."""

    async def ends() -> tuple[Run, ...]:
        return tuple([await studio.engine.wait(run.id) for run in runs])

    async def cancel() -> None:
        await asyncio.gather(*(studio.engine.cancel_run(run.id) for run in runs))

    way_out = WayOut("Cancelling", halt=cancel, leave=studio.engine.close)
    ended, _ = await wait_with_way_out(ends, way_out, timeout_s)
    return ended
