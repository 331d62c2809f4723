"""``prompt-studio resume`` and ``settle``: bring home what was paid for, and clear up what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from studio.bootstrap import Studio
from studio.cli.copies import check_writable, copy_images
from studio.cli.document import SavedImage, error_document, problem_of_job, run_document
from studio.cli.exits import exit_of_problem, exit_of_problems
from studio.cli.options import (
    DEFAULT_OUT,
    json_option,
    out_option,
    quiet_option,
    read_money,
    timeout_option,
    workspace_option,
)
from studio.cli.running import attention_to, see_through
from studio.cli.session import Session, carry_out
from studio.cli.terminal import print_json, problem_lines, say
from studio.domain.errors import Problem, RequestInvalid
from studio.domain.jobs import Call, CallState, Job, Run
from studio.domain.values import CallId


@click.command(name="resume")
@click.argument("calls", nargs=-1, metavar="[CALL]...")
@click.option("--base-url", metavar="URL", help="The address that the CALLs were sent to, when it is another one now.")
@out_option
@workspace_option
@timeout_option
@json_option
@quiet_option
def command(
    *,
    calls: tuple[str, ...],
    base_url: str | None,
    out: Path = DEFAULT_OUT,
    workspace: Path | None,
    timeout_s: float | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Bring home what an earlier run left unfinished, after a crash or a power cut.

    Tasks that a provider has accepted are asked for again, free of charge, at the address they were sent to. What was
    not sent before is not sent now. What may have been billed without an answer is named, and never repeated by
    itself; name such a CALL (48.2.0) to ask its provider once more."""
    if base_url is not None and not calls:
        raise click.UsageError("--base-url needs the CALL that was sent there")

    async def work(session: Session) -> int:
        check_writable(out)
        async with session.open_studio(workspace) as studio:
            with attention_to(studio, quiet=quiet, as_json=as_json) as attention:
                runs = await _take_up(studio, calls, base_url)
                attention.begin(runs)
                runs = await see_through(studio, runs, timeout_s) if runs else ()
            doubts = await calls_in_doubt(studio)
            saved, problem = await copy_images(studio, attention.images, out)
        if session.as_json:
            print_json(_document(runs, saved, doubts))
        else:
            for images in saved.values():
                for image in images:
                    say(image.path)
            _tell(runs, doubts)
        if problem is not None:
            for line in problem_lines(problem):
                say(line, error=True)
            return exit_of_problem(problem)
        return exit_of_problems(_problems(runs))

    return carry_out(work, as_json=as_json, empty={"runs": [], "in_doubt": []})


@click.command(name="settle")
@click.argument("call")
@click.option("--cost", metavar="AMOUNT", help="What the provider billed for it, such as 0.04 (US dollars) or 0.30CNY.")
@click.option("--not-billed", is_flag=True, help="The provider's page shows that it cost nothing.")
@workspace_option
def settle(*, call: str, cost: str | None, not_billed: bool, workspace: Path | None) -> int:
    """Say what a request cost that may have been billed, so that the day's spending is right."""
    if (cost is None) is not not_billed:
        raise click.UsageError("Give either --cost or --not-billed")

    async def work(session: Session) -> int:
        amount = read_money(cost, "cost") if cost is not None else None
        async with session.open_studio(workspace) as studio:
            try:
                await studio.engine.settle_uncertain(CallId(call), amount)
            except (LookupError, ValueError) as error:
                raise RequestInvalid(field="call", reason=str(error)) from error
        say(f"Call {call}: {amount if amount is not None else 'nothing'} was billed.")
        return 0

    return carry_out(work)


async def _take_up(studio: Studio, calls: Sequence[str], base_url: str | None) -> tuple[Run, ...]:
    """What an ended process left behind, and the calls the user names. Raises RequestInvalid."""
    runs = {run.id: run for run in await studio.engine.recover()}
    for call in calls:
        try:
            run = await studio.engine.ask_again(CallId(call), base_url)
        except (LookupError, ValueError) as error:
            raise RequestInvalid(field="call", reason=str(error)) from error
        runs[run.id] = run
    return tuple(runs.values())


def _document(
    runs: Sequence[Run], saved: Mapping[str, Sequence[SavedImage]], doubts: Sequence[Doubt]
) -> dict[str, Any]:
    documents = [run_document(run, saved).as_json() for run in runs]
    return {
        "runs": [{"run": one["run"], "results": one["results"]} for one in documents],
        "in_doubt": [doubt.document for doubt in doubts],
        "error": None,
    }


def _problems(runs: Sequence[Run]) -> Iterator[Problem]:
    for run in runs:
        for job in run.jobs:
            problem = problem_of_job(job)
            if problem is not None:
                yield problem


@dataclass(frozen=True, slots=True)
class Doubt:
    """A call that may have been billed without an image; the user has not said yet what became of it."""

    run: Run
    job: Job
    call: Call
    elsewhere: Problem | None = None
    """Its provider has another address since it was sent."""

    @property
    def can_be_asked(self) -> bool:
        """Its provider has a number for it: asking again is free and may still bring the image."""
        return self.call.ticket is not None

    @property
    def document(self) -> dict[str, Any]:
        target = self.job.target
        return {
            "call": self.call.id,
            "run": self.run.id,
            "provider": target.provider,
            "model": target.model,
            "can_be_asked": self.can_be_asked,
            "error": error_document(self.call.problem),
        }


async def calls_in_doubt(studio: Studio) -> list[Doubt]:
    """Of every run of the workspace, the newest first."""
    return [
        Doubt(run, job, call, await studio.engine.asks_elsewhere(call.id))
        for run in await studio.workspace.journal.runs_in_doubt()
        for job in run.jobs
        for call in job.calls
        if call.state in (CallState.UNCERTAIN, CallState.CANCELLED)
        and call.problem is not None
        and call.problem.charged == "maybe"
    ]


def _how_to_ask(doubt: Doubt) -> Iterator[str]:
    order, problem = f"prompt-studio resume {doubt.call.id}", doubt.call.problem
    # Never what the workspace says: somebody else may have written it.
    address = doubt.elsewhere.values["address"] if doubt.elsewhere is not None else ""
    if address.startswith("http"):
        yield f"It was sent to {address}. Ask there, free of charge: {order} --base-url {address}"
    else:
        yield f"Ask its provider once more, free of charge: {order}"
    if problem is not None and problem.kind == "task_expired":
        yield "Was it sent to another address than that of Preferences? Then add --base-url URL."


def _tell(runs: Sequence[Run], doubts: Sequence[Doubt]) -> None:
    if not runs:
        say("Nothing was left unfinished.", error=True)
    for doubt in doubts:
        call = doubt.call.id
        say(f"Run {doubt.run.id}, {doubt.job.target}: call {call} may have been billed.", error=True)
        if doubt.can_be_asked:
            for line in _how_to_ask(doubt):
                say(f"  {line}", error=True)
        say("  Look at the provider's usage page, then say what you found:", error=True)
        say(f"  prompt-studio settle {call} --cost 0.04   or   prompt-studio settle {call} --not-billed", error=True)
