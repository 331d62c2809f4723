"""An orderly way out of long work: Ctrl-C once to end it well, twice to leave at once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from studio.cli.terminal import say

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WayOut:
    """How work is ended that the user does not want to wait for any more."""

    says: str
    """What the first Ctrl-C does, such as "Cancelling"."""
    halt: Callable[[], Coroutine[Any, Any, object]]
    """Begins the end; what is waited for goes on until it is over."""
    leave: Callable[[], Awaitable[None]]
    """Closes what is at work; what is left open then is on disk."""


async def wait_with_way_out(
    wait: Callable[[], Coroutine[Any, Any, T]], way_out: WayOut, timeout_s: float | None = None
) -> tuple[T, bool]:
    """What `wait` gives when it is over, and whether the user wanted to get out before. Ctrl-C halts and still waits
    for the outcome; a second one leaves at once, and `wait` is asked again how things stand then. After `timeout_s` it
    is as if Ctrl-C had been pressed."""
    leaving = asyncio.Event()
    presses = 0

    def press(words: str) -> None:
        nonlocal presses
        presses += 1
        if presses > 1:
            leaving.set()
            return
        say(f"{words} {way_out.says}; press Ctrl-C again to leave at once.", error=True)
        tasks.append(loop.create_task(way_out.halt()))

    loop = asyncio.get_running_loop()
    waiting = loop.create_task(wait())
    left = loop.create_task(leaving.wait())
    tasks: list[asyncio.Task[Any]] = [waiting, left]
    alarm = loop.call_later(timeout_s, press, f"Not done after {timeout_s:g} s.") if timeout_s else None
    try:
        with _on_interrupt(lambda: press("Interrupted.")):
            await asyncio.wait({waiting, left}, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            return waiting.result(), presses > 0
        await way_out.leave()
        return await wait(), True
    finally:
        if alarm is not None:
            alarm.cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def _on_interrupt(act: Callable[[], None]) -> Iterator[None]:
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
