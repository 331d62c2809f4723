"""The queue of calls that wait for their turn: limits of accounts and models, pause, order, visible places."""

from __future__ import annotations

import asyncio
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from studio.domain.ports import Clock
from studio.domain.values import CallId, JobId, RunId
from studio.engine.limiter import RateWindow
from studio.engine.tasks import Alarm, TaskOwner

PLACES_EVERY_S = 0.25
PLACES_PER_S = 200
"""Most announcements of places; with many waiting calls they come less often."""


class AccountKey(NamedTuple):
    provider: str
    account: str


class ModelKey(NamedTuple):
    account: AccountKey
    model: str


class Place(NamedTuple):
    """`number` counts from 1 among the calls that wait for the same account; None once nothing is ahead of it.
    `waits_s`: until the rate limit lets it go, as far as that is known; None when only a free slot is missing."""

    number: int | None
    waits_s: float | None


@dataclass(slots=True, eq=False)
class QueueEntry:
    """A call in the queue, then in its slot, until it is released."""

    call_id: CallId
    job_id: JobId
    run_id: RunId
    model: ModelKey
    tell_place: Callable[[Place], None]
    order: float = 0.0
    admitted: asyncio.Event = field(default_factory=asyncio.Event)
    told: Place | None = None


@dataclass(slots=True)
class _Lane:
    """What is under way for one account or one model."""

    limit: int | None
    running: int = 0

    @property
    def is_full(self) -> bool:
        return self.limit is not None and self.running >= self.limit


class CallQueue:
    """First come, first served; a call that must wait for its own account or model does not hold up others."""

    def __init__(self, clock: Clock, owner: TaskOwner, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._changed = changed
        self._accounts: dict[AccountKey, _Lane] = {}
        self._models: dict[ModelKey, _Lane] = {}
        self._rates: dict[ModelKey, RateWindow] = {}
        self._waiting: list[QueueEntry] = []
        self._arrivals = 0.0
        self._paused = False
        self._paused_runs: set[RunId] = set()
        self._held_runs: set[RunId] = set()
        self._closed = False
        self._wake = Alarm(clock, owner, self._admit, name="queue: rate limit")
        self._announce = Alarm(clock, owner, self._tell_places, name="queue: places")

    # --- limits --------------------------------------------------------------------------------------------------

    def limit_account(self, account: AccountKey, requests: int) -> None:
        self._accounts.setdefault(account, _Lane(requests)).limit = requests

    def limit_model(self, model: ModelKey, requests: int | None, per_minute: float | None) -> None:
        self._models.setdefault(model, _Lane(requests)).limit = requests
        if model not in self._rates:
            self._rates[model] = RateWindow(per_minute)

    def hold_model(self, model: ModelKey, for_s: float) -> None:
        """The provider asked for a pause: no call of this account and model goes out for so long."""
        if model in self._rates:
            self._rates[model].hold(self._clock.monotonic_s() + for_s)

    # --- the way of a call ---------------------------------------------------------------------------------------

    def enter(self, entry: QueueEntry) -> None:
        """Joins the queue; `entry.admitted` is set when it may go. A call that comes back keeps its order."""
        if not entry.order:
            self._arrivals += 1
            entry.order = self._arrivals
        entry.admitted.clear()
        entry.told = None
        insort(self._waiting, entry, key=lambda one: one.order)
        self._admit()
        if not entry.admitted.is_set():
            self._tell(entry, dict(self._places())[entry])

    def leave(self, entry: QueueEntry) -> None:
        """Out of the queue, or out of its slot; harmless when it is in neither."""
        if entry.admitted.is_set():
            entry.admitted.clear()
            self._account(entry).running -= 1
            self._model(entry).running -= 1
        elif entry in self._waiting:
            self._waiting.remove(entry)
        self._admit()

    def occupy(self, entry: QueueEntry) -> None:
        """Takes a slot at once: the task runs at the provider already. Counts for no rate limit."""
        self._take_slot(entry)

    # --- control -------------------------------------------------------------------------------------------------

    @property
    def is_paused(self) -> bool:
        return self._paused

    @property
    def paused_runs(self) -> tuple[RunId, ...]:
        return tuple(sorted(self._paused_runs))

    @property
    def held_runs(self) -> tuple[RunId, ...]:
        return tuple(sorted(self._held_runs))

    @property
    def waiting_jobs(self) -> tuple[JobId, ...]:
        """Each job with a waiting call once, in the order in which they come."""
        return tuple(dict.fromkeys(entry.job_id for entry in self._waiting))

    def pause(self, run_id: RunId | None) -> None:
        if run_id is None:
            self._paused = True
        else:
            self._paused_runs.add(run_id)
        self._after_change()

    def resume(self, run_id: RunId | None) -> None:
        """Without a run: everything, runs that were paused one by one as well, but none that is held."""
        if run_id is None:
            self._paused = False
            self._paused_runs.clear()
        else:
            self._paused_runs.discard(run_id)
        self._after_change()

    def hold(self, run_id: RunId, *, held: bool) -> None:
        """A run waits, or waits no longer, with the sweep that it belongs to, whatever is paused besides."""
        if held != (run_id in self._held_runs):
            self._held_runs.symmetric_difference_update({run_id})
            self._after_change()

    def forget(self, run_id: RunId) -> None:
        """The run is over."""
        if run_id in self._paused_runs or run_id in self._held_runs:
            self._paused_runs.discard(run_id)
            self._held_runs.discard(run_id)
            self._changed()

    def move(self, job_id: JobId, before: JobId | None) -> None:
        """Puts all waiting calls of a job in front of those of another; None: at the end."""
        moving = [entry for entry in self._waiting if entry.job_id == job_id]
        if not moving or job_id == before:
            return
        others = [entry for entry in self._waiting if entry.job_id != job_id]
        at = next((index for index, entry in enumerate(others) if entry.job_id == before), len(others))
        self._waiting = [*others[:at], *moving, *others[at:]]
        orders = sorted(entry.order for entry in self._waiting)
        for entry, order in zip(self._waiting, orders, strict=True):
            entry.order = order
        self._after_change()

    def close(self) -> None:
        """Nobody is admitted any more."""
        self._closed = True
        self._wake.clear()
        self._announce.clear()

    # --- inside --------------------------------------------------------------------------------------------------

    def _account(self, entry: QueueEntry) -> _Lane:
        return self._accounts.setdefault(entry.model.account, _Lane(None))

    def _model(self, entry: QueueEntry) -> _Lane:
        return self._models.setdefault(entry.model, _Lane(None))

    def _rate(self, entry: QueueEntry) -> RateWindow:
        return self._rates.setdefault(entry.model, RateWindow(None))

    def _take_slot(self, entry: QueueEntry) -> None:
        self._account(entry).running += 1
        self._model(entry).running += 1
        entry.admitted.set()

    def _is_held(self, entry: QueueEntry) -> bool:
        return self._closed or self._paused or entry.run_id in self._paused_runs or entry.run_id in self._held_runs

    def _after_change(self) -> None:
        self._admit()
        self._changed()

    def _admit(self) -> None:
        now_s = self._clock.monotonic_s()
        wake_in_s: float | None = None
        admitted: list[QueueEntry] = []
        for entry in self._waiting:
            if self._is_held(entry) or self._account(entry).is_full or self._model(entry).is_full:
                continue
            wait_s = self._rate(entry).wait_s(now_s)
            if wait_s > 0:
                wake_in_s = wait_s if wake_in_s is None else min(wake_in_s, wait_s)
                continue
            self._rate(entry).note_start(now_s)
            self._take_slot(entry)
            admitted.append(entry)
        if admitted:
            self._waiting = [entry for entry in self._waiting if not entry.admitted.is_set()]
        self._wake.clear()
        if wake_in_s is not None:
            self._wake.set(wake_in_s)
        if self._waiting and not self._closed and not self._announce.is_set:
            self._announce.set(max(PLACES_EVERY_S, len(self._waiting) / PLACES_PER_S))

    def _places(self) -> Iterator[tuple[QueueEntry, Place]]:
        now_s = self._clock.monotonic_s()
        ahead: Counter[AccountKey] = Counter()
        starts: dict[ModelKey, Iterator[float]] = {}
        for entry in self._waiting:
            ahead[entry.model.account] += 1
            if self._is_held(entry):
                yield entry, Place(ahead[entry.model.account], None)
                continue
            waits = starts.setdefault(entry.model, self._rate(entry).waits_s(now_s))
            yield entry, Place(ahead[entry.model.account], next(waits) or None)

    def _tell_places(self) -> None:
        for entry, place in list(self._places()):
            before = entry.told
            # A wait that merely got shorter by the time that passed is no news: faces count down by themselves.
            if before is None or before.number != place.number or (before.waits_s is None) != (place.waits_s is None):
                self._tell(entry, place)

    @staticmethod
    def _tell(entry: QueueEntry, place: Place) -> None:
        entry.told = place
        entry.tell_place(place)
