"""``prompt-studio export``: images of the library as files for others, the same way as the window's dialog."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from studio.bootstrap import ExportPlan, ExportReport, ExportStep, Studio
from studio.cli.exits import Exit, exit_of_problems
from studio.cli.options import json_option, workspace_option
from studio.cli.selection import select_images, selection_options, taken_selection
from studio.cli.session import Session, carry_out
from studio.cli.terminal import ALTERED, print_json, problem_lines, say, stderr_is_terminal
from studio.domain.errors import Problem, RequestInvalid
from studio.domain.exporting import DEFAULT_TEMPLATE, NAME_TOKENS, ExportOptions

_TOKENS = ", ".join(f"{{{token}}}" for token in NAME_TOKENS)


@click.command(name="export")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write into."
)
@selection_options
@click.option("--preset", help="Start from a preset of the export dialog.")
@click.option("--template", help=f"File name, {DEFAULT_TEMPLATE} by default. Tokens: {_TOKENS}")
@click.option("--folder-per-run/--one-folder", "folder_per_run", default=None, help="An own folder for each run.")
@click.option(
    "--format", type=click.Choice(["original", "png", "jpeg", "webp", "avif"]), help="Original copies the bytes."
)
@click.option("--quality", type=click.IntRange(1, 100), help="Of JPEG, WebP and AVIF; 92 by default.")
@click.option("--longest-edge", "longest_edge_px", type=int, metavar="PIXELS", help="Make larger images smaller.")
@click.option(
    "--metadata", type=click.Choice(["embed", "strip"]), help="Prompt and settings inside converted copies, or no text."
)
@click.option("--sidecar/--no-sidecar", default=None, help="A .json file beside each image.")
@click.option("--contact-sheet", type=click.Choice(["pdf", "png"]), help="A page of small pictures as well.")
@click.option(
    "--across", type=click.IntRange(1, 8), help="Pictures beside each other on the contact sheet; 4 by default."
)
@click.option(
    "--if-exists", type=click.Choice(["number", "replace", "skip"]), help="When a name exists; number by default."
)
@workspace_option
@click.option("--dry-run", is_flag=True, help="Show the names; write nothing.")
@json_option
def command(*, folder: Path, workspace: Path | None, dry_run: bool, as_json: bool, **given: Any) -> int:
    """Copy images of the library to a folder.

    Originals are never changed. One that fails is named, and the others go on."""
    selection = taken_selection(given)

    async def work(session: Session) -> int:
        async with session.look_into(workspace) as studio:
            options = _options(studio, given)
            records = await select_images(studio, selection)
            plan = await studio.exporter.plan(await studio.exporter.collect(records), options, folder)
            if dry_run:
                return _show_plan(session, plan)
            report = await studio.exporter.export(plan, on_step=_show_step if _talks(session) else _nothing)
            return _show_report(session, report)

    return carry_out(work, as_json=as_json, empty={"folder": None, "files": []})


def _options(studio: Studio, given: Mapping[str, Any]) -> ExportOptions:
    """A preset, or the defaults, with what the command line names in its place. Raises RequestInvalid."""
    name = given["preset"]
    presets = {preset.name: preset.options for preset in studio.settings.current.export_presets}
    if name is not None and name not in presets:
        raise RequestInvalid(field="preset", reason=f"there is no preset {name!r}; there are {', '.join(presets)}")
    base = presets[name] if name is not None else ExportOptions()
    changes = {key: value for key, value in given.items() if value is not None and key not in ("preset", "across")}
    if given["contact_sheet"] or (given["across"] and base.contact_sheet):
        kind = given["contact_sheet"] or (base.contact_sheet.kind if base.contact_sheet else "pdf")
        changes["contact_sheet"] = {"kind": kind, "across": given["across"] or 4}
    elif given["across"]:
        raise RequestInvalid(field="across", reason="it needs --contact-sheet")
    try:
        return ExportOptions.model_validate({**base.model_dump(), **changes})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise RequestInvalid(field=".".join(str(one) for one in first["loc"]), reason=first["msg"]) from error


def _talks(session: Session) -> bool:
    return not session.as_json or stderr_is_terminal()


def _nothing(_step: object) -> None:
    pass


def _show_step(step: ExportStep) -> None:
    mark = f"  ({ALTERED})" if step.altered else ""
    say(f"{step.done} of {step.total}  {step.outcome}  {step.name}{mark}", error=True)


def _show_plan(session: Session, plan: ExportPlan) -> int:
    notes = [note.message for note in plan.notes]
    if session.as_json:
        files = [
            {
                "image": file.image.record.id,
                "path": str(plan.folder / file.relative_path),
                "outcome": file.fate,
                "altered": file.image.record.altered,
                "error": None,
            }
            for file in plan.files
        ]
        print_json({"folder": str(plan.folder), "files": files, "contact_sheets": [], "notes": notes, "error": None})
        return Exit.DONE
    for file in plan.files:
        mark = "" if file.fate == "new" else f"  ({file.fate})"
        say(f"{file.relative_path}{mark}")
    for note in notes:
        say(note, error=True)
    say(
        f"{len(plan.writing)} files, {'about ' if plan.size_is_estimate else ''}{plan.size_bytes / 1e6:.1f} MB",
        error=True,
    )
    return Exit.DONE


def _show_report(session: Session, report: ExportReport) -> int:
    failed = [(step.name, step.problem) for step in report.steps if step.problem is not None]
    problems = [problem for _, problem in failed] + ([report.problem] if report.problem else [])
    if session.as_json:
        files = [
            {
                "image": step.file.image.record.id,
                "path": str((report.folder / step.file.folder / step.name).absolute()),
                "outcome": step.outcome,
                "altered": step.altered,
                "error": step.problem.text if step.problem else None,
            }
            for step in report.steps
        ]
        sheets = [str((report.folder / name).absolute()) for name in report.contact_sheets]
        error = report.problem.text if report.problem else None
        print_json(
            {"folder": str(report.folder), "files": files, "contact_sheets": sheets, "notes": [], "error": error}
        )
    else:
        _say_counts(report)
        for name, problem in failed:
            say(f"{name}:", error=True)
            _say_problem(problem)
        if report.problem is not None:
            _say_problem(report.problem)
    return exit_of_problems(problems)


def _say_counts(report: ExportReport) -> None:
    counts = {
        "renamed": report.count("renamed"),
        "replaced": report.count("replaced"),
        "skipped": report.count("skipped"),
        "failed": report.count("failed"),
    }
    words = [f"{report.written} exported", *(f"{count} {word}" for word, count in counts.items() if count)]
    if report.altered:
        words.append(f"{report.altered} {ALTERED}")
    left = report.total - len(report.steps)
    if left:
        words.append(f"{left} not tried")
    say(f"{', '.join(words)}: {report.folder}")


def _say_problem(problem: Problem) -> None:
    for line in problem_lines(problem):
        say(f"  {line}", error=True)
