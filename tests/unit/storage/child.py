"""A second process on a workspace, told by its arguments where to stop: ``python -m tests.unit.storage.child``.

It writes one line of JSON for each thing it has done. Where it is to "stop" it says so and waits to be killed."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import studio.storage.archive as archive_module
import studio.storage.files as files_module
import studio.storage.journal as journal_module
import studio.storage.records as records_module
from studio.domain.errors import OverBudget, StudioError
from studio.domain.jobs import CallState
from studio.domain.ports import Limits
from studio.domain.values import ImageId
from studio.storage import Deed, Workspace, open_workspace
from tests.unit.storage.material import HandClock, arrived, dollars, draft_run, moved, picture


def say(**values: Any) -> None:
    print(json.dumps(values), flush=True)


def stop(*_: Any, **__: Any) -> None:
    say(stopped=True)
    threading.Event().wait()


def stop_after(module: Any, name: str, countdown: int = 1) -> None:
    """Wait for death once `module.name` has done its work for the `countdown`-th time."""
    _wrap(module, name, countdown, after=True)


def stop_before(module: Any, name: str, countdown: int = 1) -> None:
    _wrap(module, name, countdown, after=False)


def _wrap(module: Any, name: str, countdown: int, *, after: bool) -> None:
    real: Callable[..., Any] = getattr(module, name)
    left = [countdown]

    def wrapped(*values: Any, **options: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and not after:
            stop()
        outcome = real(*values, **options)
        if left[0] == 0:
            stop()
        return outcome

    setattr(module, name, wrapped)


def stop_in_half(content: bytes) -> None:
    """Wait for death when half of `content` is in its file."""
    real: Callable[..., Any] = os.fdopen

    def half(*values: Any, **options: Any) -> Any:
        file = real(*values, **options)
        file.write(content[: len(content) // 2])
        stop()
        return file

    setattr(os, "fdopen", half)  # noqa: B010 - a fault put in by hand, which the type checker need not like


async def save_image(workspace: Workspace, clock: HandClock, where: str) -> None:
    """Send a call and die while its image is being saved."""
    run = await workspace.journal.add_run(draft_run(clock, "a red fox"))
    job, call = run.jobs[0], run.jobs[0].calls[0]
    await workspace.ledger.reserve(call, job.target, dollars("0.06"), Limits())
    await workspace.journal.save_call(moved(call, CallState.SENDING))
    match where:
        case "half written":
            stop_in_half(picture(marks=5))
        case "written":
            stop_before(files_module, "give_name")
        case "named":
            stop_after(files_module, "give_name")
        case "before the row":
            stop_before(archive_module, "insert_image")
        case "in the transaction":
            stop_after(archive_module, "insert_image")
        case "before its record":
            stop_before(records_module, "_lines_of", 2)  # the first is that of the arrival
    await workspace.archive.save_image(run, job, call, arrived(picture(marks=5), seed=7, revised_prompt="a fox, red"))


async def save_call(workspace: Workspace, clock: HandClock, where: str) -> None:
    """Say what was saved; die in the middle of saving the next state."""
    run = await workspace.journal.add_run(draft_run(clock, "a red fox"))
    call = run.jobs[0].calls[0]
    await workspace.journal.save_call(moved(call, CallState.SENDING))
    say(saved="sending")
    if where == "in the transaction":
        stop_before(journal_module, "call_record")
        await workspace.journal.save_call(moved(call, CallState.ACCEPTED))
    stop()


async def hold(workspace: Workspace, clock: HandClock, _: str) -> None:
    """A living process with a call under way, until its input ends."""
    run = await workspace.journal.add_run(draft_run(clock))
    await workspace.journal.save_call(moved(run.jobs[0].calls[0], CallState.SENDING))
    say(run=run.id)
    sys.stdin.read()


async def rate(workspace: Workspace, _: HandClock, image_id: str) -> None:
    """A living process that has rated an image, until it is killed."""
    await workspace.organiser.rate([ImageId(int(image_id))], 4, keep=Deed("rated", 1))
    say(rated=4)
    sys.stdin.read()


async def number_runs(workspace: Workspace, clock: HandClock, count: str) -> None:
    for _ in range(int(count)):
        run = await workspace.journal.add_run(draft_run(clock))
        say(run=run.id)


async def spend(workspace: Workspace, clock: HandClock, limit: str) -> None:
    """Reserve 6 cents again and again until the day's limit stops it."""
    limits = Limits(per_day=dollars(limit))
    sys.stdin.readline()
    for _ in range(50):
        run = await workspace.journal.add_run(draft_run(clock))
        job, call = run.jobs[0], run.jobs[0].calls[0]
        try:
            await workspace.ledger.reserve(call, job.target, dollars("0.06"), limits)
        except OverBudget as error:
            say(over=error.problem.values["over"])
            return
        say(reserved=call.id)


async def fill_disk(workspace: Workspace, clock: HandClock, _: str) -> None:
    """Save an image on a disk that has no room for it, then on one that has."""
    run = await workspace.journal.add_run(draft_run(clock))
    job, call = run.jobs[0], run.jobs[0].calls[0]
    image = arrived(picture(800, 800, mode="RGB", marks=9, compress_level=0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
    await report(workspace.archive.save_image(run, job, call, image))
    await report(workspace.archive.put_blob(image.content))
    say(files=sorted(path.name for path in workspace.folder.images.iterdir()))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    (record,) = await workspace.archive.save_image(run, job, call, image)
    say(files=sorted(path.name for path in workspace.folder.images.iterdir()), path=record.path)


async def report(work: Any) -> None:
    try:
        await work
    except StudioError as error:
        say(error=type(error).__name__, charged=error.problem.charged)
    else:
        say(error=None)


async def look_around(workspace: Workspace, clock: HandClock, _: str) -> None:
    say(images=await workspace.library.count())


COMMANDS = {
    "open-as-nobody": look_around,
    "save-image": save_image,
    "save-call": save_call,
    "hold": hold,
    "rate": rate,
    "number-runs": number_runs,
    "spend": spend,
    "fill-disk": fill_disk,
}


async def main(folder: str, command: str, argument: str) -> None:
    clock = HandClock()
    if command == "open-as-nobody" and os.geteuid() == 0:
        os.setuid(65_534)
    try:
        workspace = await open_workspace(Path(folder), cache_folder=Path(folder).parent / "cache", clock=clock)
    except StudioError as error:
        say(error=type(error).__name__, text=str(error))
        return
    say(opened=True)
    try:
        await COMMANDS[command](workspace, clock, argument)
    finally:
        await workspace.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
