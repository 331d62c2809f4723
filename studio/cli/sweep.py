"""``prompt-studio sweep``: every combination of choices, targets, sizes, seeds and options; its list; taking one up."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from studio.bootstrap import Studio
from studio.cli.copies import check_writable, copy_images
from studio.cli.exits import Exit, exit_of_problem, exit_of_problems
from studio.cli.generate import aim_at, limits_within, make_wish, tell_copies
from studio.cli.options import (
    DEFAULT_OUT,
    json_option,
    max_cost_of,
    out_option,
    quiet_option,
    timeout_option,
    workspace_option,
)
from studio.cli.session import Session, carry_out
from studio.cli.sweep_left import go_to_address, known_sweeps, make_cells, show_left, tell_left
from studio.cli.sweep_output import (
    cell_documents,
    forecast_document,
    price_words,
    print_cells,
    print_forecast,
    print_sweeps,
    state_words,
    sweep_document,
)
from studio.cli.sweep_plan import SweepWords, first_of_several, make_plan, split_options, sweep_cells_of
from studio.cli.sweep_running import SweepAttention, see_sweep_through
from studio.cli.terminal import print_json, problem_lines, say, tell_settings
from studio.cli.wish import TargetWords
from studio.domain.errors import RequestInvalid
from studio.domain.pricing import Money
from studio.domain.sweep import Sweep, SweepPlan
from studio.domain.sweep_forecast import SweepForecast
from studio.domain.values import SweepId

SWEEP_DOCUMENT: Mapping[str, Any] = {"sweep": None, "cells": []}
"""What a failing document holds besides its error."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a sweep is carried out, besides its plan."""

    out: Path = DEFAULT_OUT
    max_cost: Money | None = None
    over_budget: bool = False
    timeout_s: float | None = None
    quiet: bool = False


@click.group(name="sweep", invoke_without_command=True)
@click.option("--request", metavar="JSON|FILE|-", help="What does not vary, as JSON: itself, a file, or - for stdin.")
@click.option("-p", "--prompt", help="What to draw, with choices: {red|blue}, {3::red|blue}, {@list}, __list__.")
@click.option("--negative", "negatives", multiple=True, help="What to keep out; may hold choices, or repeat it.")
@click.option("--size", "sizes", multiple=True, help="A size; repeatable, or several with commas.")
@click.option("--seeds", help="Seeds: 1,2 or a range such as 1-4.")
@click.option("--style", "styles", multiple=True, help="Words of style; repeatable.")
@click.option(
    "--option", "options", multiple=True, metavar="NAME=A,B", help="A provider's setting; several with commas."
)
@click.option("--aspect", "aspect_ratio", help="A ratio such as 16:9, in place of pixels.")
@click.option("-n", "--n", type=int, help="Number of images of each cell, 1 to 16.")
@click.option(
    "--reference-image", "reference_image", multiple=True, metavar="FILE|URL", help="A reference image; repeatable."
)
@click.option(
    "-t", "--target", "targets", multiple=True, metavar="PROVIDER/MODEL", help="Who shall draw it; repeatable."
)
@click.option("--provider", help="With --model, short for one --target.")
@click.option("--model", help="Alone with --provider; without it the provider's default model.")
@click.option("--account", help="Account to use, when there are several.")
@click.option("--base-url", metavar="URL", help="Another address of the provider's API, for this sweep.")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Only N combinations, drawn by their weights.")
@click.option("--sample-seed", type=int, default=0, help="Another sample for another number.")
@click.option("--order", type=click.Choice(["rows", "columns", "random"]), default="rows", help="What is made first.")
@click.option(
    "--stop-after", type=click.IntRange(min=0), default=3, metavar="N", help="Pause after N failures; 0: never."
)
@click.option("--first", type=click.IntRange(min=1), metavar="N", help="Only the first N cells, to try it out.")
@click.option("--dry-run", is_flag=True, help="Show count, price, time and notices; send nothing.")
@click.option("--yes", is_flag=True, help="Do not ask, however many requests are paid.")
@click.option("--max-cost", metavar="AMOUNT", help="Refuse to start when all of it may cost more.")
@click.option("--over-budget", is_flag=True, help="Go on even over the limits in Preferences.")
@out_option
@workspace_option
@timeout_option
@json_option
@quiet_option
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> int:
    """Make every combination of choices in a prompt, targets, sizes, seeds and options.

    \b
      prompt-studio sweep -p "a {red|blue} cat" --seeds 1-2 --target demo --dry-run

    What the library holds already is free. Ctrl-C pauses; prompt-studio sweep resume goes on, also after a crash.
    references/sweeps.md tells more."""
    if ctx.invoked_subcommand is not None:
        return Exit.DONE

    async def work(session: Session) -> int:
        async with session.open_studio(given["workspace"]) as studio:
            tell_settings(studio.settings)
            return await _sweep(session, studio, given)

    return carry_out(work, as_json=given["as_json"], empty=SWEEP_DOCUMENT)


async def _sweep(session: Session, studio: Studio, given: dict[str, Any]) -> int:
    plan = await _understand(studio, given)
    manner = Manner(
        given["out"], max_cost_of(given["max_cost"]), given["over_budget"], given["timeout_s"], given["quiet"]
    )
    cells = sweep_cells_of(plan)
    forecast = await studio.sweeps.forecast(plan)
    if given["dry_run"]:
        if session.as_json:
            print_json(forecast_document(plan, cells, forecast))
        else:
            print_forecast(plan, cells, forecast, error=False)
            say("Nothing was sent.")
        return Exit.REQUEST if len(forecast.blocked) == len(cells) else Exit.DONE
    check_writable(manner.out)
    if not session.as_json and not manner.quiet:
        print_forecast(plan, cells, forecast, error=True)
    only = [cell.position for cell in cells[: given["first"]]] if given["first"] is not None else None
    if not given["yes"]:
        _confirm(session, studio, forecast if only is None else forecast.part(only))

    async def start() -> Sweep:
        return await studio.sweeps.start(
            plan,
            only=only,
            base_url=given["base_url"],
            limits=limits_within(studio, manner.max_cost),
            over_budget_allowed=manner.over_budget,
        )

    return await _carry_through(session, studio, manner, start)


async def _understand(studio: Studio, given: dict[str, Any]) -> SweepPlan:
    """Reads lists and reference images; sends nothing. Raises RequestInvalid and the like."""
    words = SweepWords(
        sizes=given["sizes"],
        seeds=given["seeds"],
        styles=given["styles"],
        negatives=given["negatives"],
        options=given["options"],
        sample=given["sample"],
        sample_seed=given["sample_seed"],
        order=given["order"],
        stop_after=given["stop_after"],
    )
    plain = {name: given[name] for name in ("prompt", "aspect_ratio", "n", "reference_image")}
    wish = make_wish(given["request"], plain)
    first_of_several(words, wish)
    single, _ = split_options(words.options)
    targets = TargetWords(given["targets"], given["provider"], given["model"], given["account"], single)
    request, chosen = await aim_at(studio, wish, targets, given["base_url"])
    lists, faults = await studio.workspace.prompt_lists.read_all()
    for fault in faults:
        say(f"List {fault.name}: {fault.reason}{f' ({fault.detail})' if fault.detail else ''}", error=True)
    return make_plan(request, chosen, words, lists, str(studio.workspace.prompt_lists.folder))


def _confirm(session: Session, studio: Studio, forecast: SweepForecast) -> None:
    """Above the number of paid requests in the settings the user is asked, where he can answer. Raises RequestInvalid,
    click.Abort."""
    most = studio.settings.current.confirm_above_paid_calls
    if forecast.paid_call_count <= most:
        return
    if session.as_json or not sys.stdin.isatty():
        reason = f"it needs {forecast.paid_call_count} paid requests, more than {most}; add --yes when you mean it"
        raise RequestInvalid(field="sweep", reason=reason)
    question = f"Send {forecast.paid_call_count} paid requests ({price_words(forecast)})?"
    click.confirm(question, abort=True, err=True)


async def _carry_through(
    session: Session, studio: Studio, manner: Manner, start: Callable[[], Awaitable[Sweep]]
) -> int:
    attention = SweepAttention(quiet=manner.quiet, as_json=session.as_json)
    with contextlib.ExitStack() as watching:
        watching.callback(studio.engine.listen(attention.take))
        watching.enter_context(attention)
        started = await start()
        sweep, left = await see_sweep_through(studio, started.id, manner.timeout_s)
    ours = {cell.job_id for cell in sweep.cells}
    images = {job_id: images for job_id, images in attention.images.items() if job_id in ours}
    saved, problem = await copy_images(studio, images, manner.out)
    if session.as_json:
        cells = cell_documents(sweep, sweep_cells_of(sweep.plan), saved)
        print_json({"sweep": sweep_document(sweep), "cells": cells, "error": None})
    else:
        for cell in sweep.cells:
            for image in saved.get(cell.job_id or "", ()):
                say(image.path)
        say(state_words(sweep), error=True)
        for line in problem_lines(sweep.problem) if sweep.problem is not None else ():
            say(line, error=True)
        if sweep.state in ("paused", "interrupted"):
            say(f"Go on with: prompt-studio sweep resume {sweep.id}", error=True)
    if problem is not None:
        tell_copies(problem)
        return exit_of_problem(problem)
    if left:
        return Exit.INTERRUPTED
    if sweep.problem is not None and sweep.problem.kind != "sweep_failing":
        return exit_of_problem(sweep.problem)
    return exit_of_problems(attention.problems)


# --- those that are there ----------------------------------------------------------------------------------------


@command.command(name="list")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="The newest so many.")
@workspace_option
@json_option
def list_sweeps(*, limit: int, workspace: Path | None, as_json: bool) -> int:
    """List sweeps, the newest first."""

    async def work(session: Session) -> int:
        async with session.look_into(workspace) as studio:
            sweeps = await studio.sweeps.sweeps(limit)
        if session.as_json:
            print_json({"sweeps": [sweep_document(sweep) for sweep in sweeps], "error": None})
        elif sweeps:
            print_sweeps(sweeps)
        else:
            say("There is no sweep yet.", error=True)
        return Exit.DONE

    return carry_out(work, as_json=as_json, empty={"sweeps": []})


@command.command(name="show")
@click.argument("number", type=int, metavar="SWEEP")
@workspace_option
@json_option
def show(*, number: int, workspace: Path | None, as_json: bool) -> int:
    """Show a sweep and what became of each cell."""

    async def work(session: Session) -> int:
        async with session.look_into(workspace) as studio:
            sweep = await studio.sweeps.sweep(SweepId(number))
        with known_sweeps():
            if sweep is None:
                raise LookupError(f"there is no sweep {number}")
        cells = sweep_cells_of(sweep.plan)
        if session.as_json:
            document = {"sweep": sweep_document(sweep), "cells": cell_documents(sweep, cells, {}), "error": None}
            print_json(document)
        else:
            print_cells(sweep, cells)
            say(state_words(sweep), error=True)
        return Exit.DONE

    return carry_out(work, as_json=as_json, empty=SWEEP_DOCUMENT)


@command.command(name="resume")
@click.argument("number", type=int, metavar="SWEEP")
@click.option("--failed-too", is_flag=True, help="Also what failed or was cancelled; never what may have been billed.")
@click.option("--cell", "cells", type=int, multiple=True, metavar="N", help="Only this cell of sweep show; repeatable.")
@click.option("--dry-run", is_flag=True, help="Show what is left and its price; send nothing.")
@click.option("--over-budget", is_flag=True, help="Go on even over the limits in Preferences.")
@click.option("--base-url", metavar="URL", help="Another address of the API than the one where it was begun.")
@out_option
@workspace_option
@timeout_option
@json_option
@quiet_option
def resume(
    *,
    number: int,
    base_url: str | None,
    failed_too: bool,
    cells: tuple[int, ...],
    dry_run: bool,
    over_budget: bool,
    out: Path,
    workspace: Path | None,
    timeout_s: float | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Go on with a sweep that was paused or interrupted; nothing is sent twice."""

    async def work(session: Session) -> int:
        check_writable(out)
        async with session.open_studio(workspace) as studio:
            tell_settings(studio.settings)
            manner = Manner(out, None, over_budget, timeout_s, quiet)
            if dry_run:
                return await show_left(session, studio, SweepId(number), cells, failed_too=failed_too)

            async def start() -> Sweep:
                with known_sweeps():
                    await go_to_address(studio, SweepId(number), base_url)
                    if not (quiet or as_json):
                        await tell_left(studio, SweepId(number), cells, failed_too=failed_too)
                    if cells:
                        return await make_cells(studio, SweepId(number), cells, over_budget=over_budget)
                    return await studio.sweeps.resume(
                        SweepId(number), failed_too=failed_too, over_budget_allowed=over_budget
                    )

            return await _carry_through(session, studio, manner, start)

    return carry_out(work, as_json=as_json, empty=SWEEP_DOCUMENT)


@command.command(name="pause")
@click.argument("number", type=int, metavar="SWEEP")
@workspace_option
def pause(*, number: int, workspace: Path | None) -> int:
    """Send nothing more of a sweep, also of one that runs in the window."""
    return _halt(number, workspace, lambda studio: studio.sweeps.pause(SweepId(number)))


@command.command(name="stop")
@click.argument("number", type=int, metavar="SWEEP")
@workspace_option
def stop(*, number: int, workspace: Path | None) -> int:
    """End a sweep, also one that runs in the window."""
    return _halt(number, workspace, lambda studio: studio.sweeps.stop(SweepId(number)))


def _halt(number: int, workspace: Path | None, halt: Callable[[Studio], Awaitable[None]]) -> int:
    async def work(session: Session) -> int:
        async with session.open_studio(workspace) as studio:
            with known_sweeps():
                await halt(studio)
            sweep = await studio.sweeps.sweep(SweepId(number))
        if sweep is not None:
            say(state_words(sweep))
        return Exit.DONE

    return carry_out(work)
