"""A run from its start to the last saved image, with an orderly way out."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from studio.bootstrap import Studio
from studio.cli.progress import Watcher
from studio.cli.terminal import say
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


async def see_through(studio: Studio, runs: Sequence[Run], timeout_s: float | None = None) -> tuple[Run, ...]:
    """The runs when they are over. Ctrl-C cancels what can be cancelled and still waits for the outcome; a second one
    leaves at once. After `timeout_s` it is as if Ctrl-C had been pressed."""
    leaving = asyncio.Event()
    presses = 0

    def cancel(words: str) -> None:
        nonlocal presses
        presses += 1
        if presses > 1:
            leaving.set()
            return
        say(f"{words} Cancelling; press Ctrl-C again to leave at once.", error=True)
        tasks.extend(loop.create_task(studio.engine.cancel_run(run.id)) for run in runs)

    loop = asyncio.get_running_loop()
    waiting = loop.create_task(_ends(studio, runs))
    left = loop.create_task(leaving.wait())
    tasks: list[asyncio.Task[object]] = [waiting, left]
    alarm = loop.call_later(timeout_s, cancel, f"Not done after {timeout_s:g} s.") if timeout_s else None
    try:
        with on_interrupt(lambda: cancel("Interrupted.")):
            await asyncio.wait({waiting, left}, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            return waiting.result()
        # The engine's close makes known what is left open; the journal has it for `prompt-studio resume`.
        await studio.engine.close()
        return await _ends(studio, runs)
    finally:
        if alarm is not None:
            alarm.cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _ends(studio: Studio, runs: Sequence[Run]) -> tuple[Run, ...]:
    return tuple([await studio.engine.wait(run.id) for run in runs])


@contextmanager
def on_interrupt(act: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C and a polite kill call `act` on the loop instead of breaking off whatever runs."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    try:
        for number in signals:
            loop.add_signal_handler(number, act)
    except (NotImplementedError, RuntimeError):
        # Windows: no handlers on the loop there.
        before = signal.signal(signal.SIGINT, lambda _number, _frame: loop.call_soon_threadsafe(act))
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
        return
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
