"""What is under way, summed up from the event stream for the status bar, the composer and the announcements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.events import StudioEvent


@dataclass(frozen=True, slots=True)
class Activity:
    """Counts of jobs over all live runs; `run_number` and `jobs_*` are those of the newest live run."""

    running: int = 0
    queued: int = 0
    retrying: int = 0
    run_number: int = 0
    jobs_done: int = 0
    jobs_total: int = 0
    fraction: float | None = 0.0
    has_run: bool = False
    paused: bool = False
    """Nothing is sent any more; what is under way goes on."""
    paused_runs: tuple[int, ...] = ()
    held_runs: tuple[int, ...] = ()
    """Those that wait with their sweep."""


class _LiveRun:
    def __init__(self, job_ids: Iterable[str]) -> None:
        self.phase: dict[str, str] = dict.fromkeys(job_ids, "queued")
        self.fraction: dict[str, float] = {}


class ActivityTracker:
    """Feed it each event; `activity` is then up to date. Runs leave when they finish."""

    def __init__(self) -> None:
        self._runs: dict[int, _LiveRun] = {}
        self._has_run = False
        self._paused = False
        self._paused_runs: tuple[int, ...] = ()
        self._held_runs: tuple[int, ...] = ()

    @property
    def live_runs(self) -> tuple[int, ...]:
        """Numbers of runs that are not finished, oldest first."""
        return tuple(sorted(self._runs))

    @property
    def newest_run(self) -> int | None:
        return max(self._runs, default=None)

    def take(self, event: StudioEvent) -> None:
        match event.kind:
            case "run_started":
                self._has_run = True
                self._runs[event.run_id] = _LiveRun(job.id for job in event.run.jobs)
            case "run_finished":
                self._runs.pop(event.run_id, None)
            case "call_changed":
                phase = "queued" if event.state == "queued" else "running"
                self._set(event.run_id, event.job_id, "done" if event.state.is_final else phase, only_if_live=True)
            case "retry_scheduled":
                self._set(event.run_id, event.job_id, "retrying", only_if_live=True)
            case "job_progressed":
                run = self._runs.get(event.run_id)
                if run is not None and event.fraction is not None:
                    run.fraction[event.job_id] = event.fraction
            case "job_finished":
                self._set(event.run_id, event.job_id, "finished")
            case "job_added":
                run = self._runs.get(event.run_id)
                if run is not None:
                    run.phase.setdefault(event.job_id, "queued")
            case "queue_changed":
                self._paused, self._paused_runs = event.paused, tuple(int(run) for run in event.paused_runs)
                self._held_runs = tuple(int(run) for run in event.held_runs)
            case _:
                pass

    def _set(self, run_id: int, job_id: str, phase: str, *, only_if_live: bool = False) -> None:
        run = self._runs.get(run_id)
        if run is None or (only_if_live and (run.phase.get(job_id) == "finished" or phase == "done")):
            return
        run.phase[job_id] = phase

    @property
    def activity(self) -> Activity:
        phases = [phase for run in self._runs.values() for phase in run.phase.values()]
        newest = self.newest_run
        if newest is None:
            return Activity(
                has_run=self._has_run, paused=self._paused, paused_runs=self._paused_runs, held_runs=self._held_runs
            )
        run = self._runs[newest]
        done = sum(phase == "finished" for phase in run.phase.values())
        part = sum(run.fraction.get(job, 0.0) for job, phase in run.phase.items() if phase != "finished")
        return Activity(
            running=phases.count("running"),
            queued=phases.count("queued"),
            retrying=phases.count("retrying"),
            run_number=newest,
            jobs_done=done,
            jobs_total=len(run.phase),
            fraction=(done + part) / len(run.phase) if done + part and run.phase else None,
            has_run=True,
            paused=self._paused,
            paused_runs=self._paused_runs,
            held_runs=self._held_runs,
        )
