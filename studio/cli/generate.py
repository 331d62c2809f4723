"""``prompt-studio generate``: one request to one or several targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from studio.bootstrap import Studio
from studio.cli.copies import check_writable, copy_images
from studio.cli.document import blocked_document, dry_run_document, problem_of_job, run_document
from studio.cli.dry_run import print_plan
from studio.cli.exits import Exit, exit_of_problem, exit_of_problems
from studio.cli.options import (
    DEFAULT_OUT,
    json_option,
    max_cost_of,
    out_option,
    quiet_option,
    timeout_option,
    workspace_option,
)
from studio.cli.running import attention_to, see_through
from studio.cli.session import RUN_DOCUMENT, Session, carry_out
from studio.cli.sweep_plan import left_open, refuse_choices
from studio.cli.terminal import print_json, problem_lines, say, tell_settings
from studio.cli.wish import TargetWords, choose_targets, read_request, with_options
from studio.domain.errors import Problem, RequestInvalid
from studio.domain.jobs import Run
from studio.domain.plan import CacheUse, totals
from studio.domain.ports import Limits
from studio.domain.pricing import Money
from studio.domain.request import GenerationRequest, Target

_NO_WISHES = ("out", "base_url", "workspace", "over_budget", "timeout_s", "quiet", "literal")


@dataclass(frozen=True, slots=True)
class Order:
    """The command line, read but not yet understood."""

    wish: Mapping[str, Any]
    words: TargetWords
    out: Path = DEFAULT_OUT
    base_url: str | None = None
    workspace: Path | None = None
    cache: CacheUse = "seeded"
    max_cost: Money | None = None
    over_budget: bool = False
    timeout_s: float | None = None
    quiet: bool = False
    literal: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@click.command(name="generate")
@click.option("--request", metavar="JSON|FILE|-", help="The whole request as JSON: itself, a file, or - for stdin.")
@click.option("-p", "--prompt", help="What to draw.")
@click.option("--negative", "negative_prompt", help="What to keep out of it.")
@click.option("--size", help="1024x1536, 1024*1536, a class such as 2K, or auto.")
@click.option("--aspect", "aspect_ratio", help="A ratio such as 16:9, in place of pixels.")
@click.option("--style", help="Words of style.")
@click.option("--seed", type=int, help="0 to 4294967295; none means random.")
@click.option("-n", "--n", type=int, help="Number of images, 1 to 16.")
@click.option(
    "--reference-image", "reference_image", multiple=True, metavar="FILE|URL", help="A reference image; repeatable."
)
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="NAME=VALUE",
    help="A provider's own setting; repeatable. PROVIDER.NAME=VALUE for one only.",
)
@click.option(
    "-t", "--target", "targets", multiple=True, metavar="PROVIDER/MODEL", help="Who shall draw it; repeatable."
)
@click.option("--provider", help="With --model, short for one --target.")
@click.option("--model", help="Alone with --provider; without it the provider's default model.")
@click.option("--account", help="Account to use, when there are several.")
@click.option("--base-url", metavar="URL", help="Another address of the provider's API, for this run.")
@out_option
@workspace_option
@click.option("--dry-run", is_flag=True, help="Show what would be sent and what it would cost; send nothing.")
@json_option
@click.option("--literal", is_flag=True, help="Send braces, bars and backslashes of the prompt as they stand.")
@click.option("--no-cache", is_flag=True, help="Never answer from the library.")
@click.option("--cache-any", is_flag=True, help="Answer an equal request from the library even without a seed.")
@click.option("--max-cost", metavar="AMOUNT", help="Refuse to start when it may cost more.")
@click.option("--over-budget", is_flag=True, help="Generate even over the limits in Preferences.")
@timeout_option
@quiet_option
def command(
    *,
    request: str | None,
    targets: tuple[str, ...],
    provider: str | None,
    model: str | None,
    account: str | None,
    options: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
    no_cache: bool,
    cache_any: bool,
    max_cost: str | None,
    **given: Any,
) -> int:
    """Make images from a prompt.

    The finished images are kept in the workspace, and copied to --out. Ctrl-C cancels and says what may have been
    billed. Exit codes: references/cli.md."""
    if no_cache and cache_any:
        raise click.UsageError("--no-cache and --cache-any contradict each other")

    async def work(session: Session) -> int:
        rest = {name: given.pop(name) for name in _NO_WISHES}
        order = Order(
            wish=make_wish(request, given),
            words=TargetWords(targets, provider, model, account, options),
            cache="never" if no_cache else "any" if cache_any else "seeded",
            max_cost=max_cost_of(max_cost),
            **rest,
        )
        async with session.open_studio(order.workspace) as studio:
            tell_settings(studio.settings)
            return await (_show(session, studio, order) if dry_run else _generate(session, studio, order))

    return carry_out(work, as_json=as_json, empty=RUN_DOCUMENT)


def make_wish(request: str | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """The request of ``--request`` with what the command line names in place of its fields."""
    wish = read_request(request) if request is not None else {}
    for name, value in given.items():
        if value is not None and value != ():
            wish[name] = list(value) if isinstance(value, tuple) else value
    if "prompt" not in wish:
        raise RequestInvalid(field="prompt", reason="it is missing; give --prompt or --request")
    return wish


async def _understand(studio: Studio, order: Order) -> tuple[GenerationRequest, tuple[Target, ...]]:
    """Request and targets. Reads reference images. Raises RequestInvalid and the like; sends nothing."""
    request, targets = await aim_at(studio, order.wish, order.words, order.base_url)
    for name in [] if order.literal or order.quiet else left_open(request):
        say(f"A brace in the {name} is not closed: it is sent as it stands.", error=True)
    return refuse_choices(request, literal=order.literal), targets


async def aim_at(
    studio: Studio, wish: Mapping[str, Any], words: TargetWords, base_url: str | None
) -> tuple[GenerationRequest, tuple[Target, ...]]:
    """A request and who shall draw it. Reads reference images. Raises RequestInvalid and the like; sends nothing."""
    request, extras = await studio.intake.request_from_wish(wish)
    targets = choose_targets(words, extras.targets, extras.provider, studio.specs)
    targets = with_options(targets, extras.options, words.options)
    use_address(studio, targets, base_url)
    return request, targets


def use_address(studio: Studio, targets: Sequence[Target], base_url: str | None) -> None:
    """Another address of the provider's API, for this invocation. Raises RequestInvalid for several providers."""
    if base_url is None:
        return
    providers = {target.provider for target in targets}
    if len(providers) > 1:
        raise RequestInvalid(field="base-url", reason="it fits one provider only; run the others separately")
    studio.accounts.override_fields(providers.pop(), base_url=base_url)


async def _show(session: Session, studio: Studio, order: Order) -> int:
    request, targets = await _understand(studio, order)
    plan = studio.engine.plan(request, targets)
    requests = await studio.engine.preview(request, targets)
    if session.as_json:
        print_json(dry_run_document(plan, requests).as_json())
    else:
        print_plan(plan, requests)
    failures = [wire.problem for wires in requests for wire in wires if isinstance(wire, Exception)]
    return exit_of_problems(failures)


async def _generate(session: Session, studio: Studio, order: Order) -> int:
    check_writable(order.out)
    request, targets = await _understand(studio, order)
    plan = studio.engine.plan(request, targets)
    if session.as_json and not plan.runnable:
        print_json(blocked_document(plan).as_json())
        return Exit.REQUEST
    with attention_to(studio, quiet=order.quiet, as_json=session.as_json) as attention:
        run = await studio.engine.start(
            request,
            targets,
            origin="command line",
            cache=order.cache,
            limits=limits_within(studio, order.max_cost),
            over_budget_allowed=order.over_budget,
        )
        attention.begin([run])
        (run,) = await see_through(studio, [run], order.timeout_s)
    saved, problem = await copy_images(studio, attention.images, order.out)
    if session.as_json:
        print_json(run_document(run, saved).as_json())
    else:
        for job in run.jobs:
            for image in saved.get(job.id, ()):
                say(image.path)
        _tell_outcome(run)
    if problem is not None:
        tell_copies(problem)
        return exit_of_problem(problem)
    return exit_of_run(run)


def exit_of_run(run: Run) -> Exit:
    return exit_of_problems(found for job in run.jobs if (found := problem_of_job(job)) is not None)


def limits_within(studio: Studio, max_cost: Money | None) -> Limits | None:
    """The day's limit of the settings with `max_cost` for the whole; None: those of the settings hold."""
    if max_cost is None:
        return None
    return Limits(per_day=studio.settings.current.budget.per_day, per_run=max_cost)


def _tell_outcome(run: Run) -> None:
    """One line about money on standard error, where there is something to tell."""
    billed = totals(job.cost.reported for job in run.jobs)
    unsure = sum(problem.charged == "maybe" for job in run.jobs if (problem := problem_of_job(job)) is not None)
    if billed:
        sums = ", ".join(str(money) for money in billed)
        say(f"Run {run.id}: {sums} billed.", error=True)
    if unsure:
        say(f"Run {run.id}: {unsure} of {len(run.jobs)} targets may have been billed without an image.", error=True)


def tell_copies(problem: Problem) -> None:
    """That not every image could be copied to --out."""
    say("The images are safe in the workspace, but not all could be copied:", error=True)
    for line in problem_lines(problem):
        say(f"  {line}", error=True)
