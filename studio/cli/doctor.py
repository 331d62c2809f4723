"""``prompt-studio doctor``: is everything in its place, and how to put it right."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click

from studio import __version__
from studio.bootstrap import Offer, StudioPaths
from studio.cli.exits import Exit
from studio.cli.options import json_option, workspace_option
from studio.cli.session import Session, carry_out
from studio.cli.terminal import print_json, problem_lines, say

Verdict = Literal["ok", "note", "bad"]

LITTLE_ROOM_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. bad: something will not work; note: worth knowing."""

    subject: str
    verdict: Verdict
    words: str


@click.command(name="doctor")
@workspace_option
@click.option(
    "--rebuild", is_flag=True, help="Make a new database from the image files; the old one is kept beside it."
)
@json_option
def command(*, workspace: Path | None, rebuild: bool, as_json: bool) -> int:
    """Check the installation: folders, settings, keyring, workspace. Sends nothing anywhere.

    --rebuild makes a new database where the old one is damaged; close the window first."""

    async def work(session: Session) -> int:
        findings = _program(session.paths)
        async with session.open_offer() as offer:
            findings += await _settings_and_keys(offer)
            folder = workspace or offer.workspace_folder
            if rebuild:
                findings.append(await _rebuilt(offer, folder))
            findings += await _workspace(offer, folder)
        if session.as_json:
            rows = [{"subject": one.subject, "verdict": one.verdict, "words": one.words} for one in findings]
            print_json({"version": __version__, "findings": rows, "error": None})
        else:
            for one in findings:
                say(f"{_MARKS[one.verdict]} {one.subject}: {one.words}")
        return Exit.FAILED if any(one.verdict == "bad" for one in findings) else Exit.DONE

    return carry_out(work, as_json=as_json, empty={"version": __version__, "findings": []})


_MARKS: dict[Verdict, str] = {"ok": "ok  ", "note": "note", "bad": "BAD "}


def _program(paths: StudioPaths) -> list[Finding]:
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    findings = [Finding("program", "ok", f"Prompt Studio {__version__} on {system}")]
    for name, folder in (("resources", paths.resources), ("references", paths.references)):
        there = folder.is_dir()
        findings.append(Finding(name, "ok" if there else "bad", str(folder) if there else f"{folder} is missing"))
    for name, folder in (("settings folder", paths.config), ("cache folder", paths.cache), ("log folder", paths.logs)):
        findings.append(_folder(name, folder))
    return findings


def _folder(name: str, folder: Path) -> Finding:
    """Can it be written to? What is not there yet counts by its nearest parent."""
    place = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if not place.is_dir():
        return Finding(name, "bad", f"{place} is no folder")
    try:
        handle, probe = tempfile.mkstemp(prefix=".", suffix=".part", dir=place)
        os.close(handle)
        Path(probe).unlink()
    except OSError as error:
        return Finding(name, "bad", f"{place} cannot be written to: {error.strerror or error}")
    free_bytes = shutil.disk_usage(place).free
    if free_bytes < LITTLE_ROOM_BYTES:
        return Finding(name, "note", f"{folder}, only {free_bytes / 1e6:.0f} MB free")
    return Finding(name, "ok", str(folder))


async def _settings_and_keys(offer: Offer) -> list[Finding]:
    problem = offer.settings.problem
    findings = [Finding("settings", "note" if problem else "ok", problem.text if problem else "readable")]
    states = [state for state in await offer.accounts.states() if state.needed]
    blocked = next((state.problem for state in states if state.problem is not None), None)
    if blocked is not None:
        findings.append(Finding("keyring", "note", " ".join(line.strip() for line in problem_lines(blocked))))
    else:
        findings.append(Finding("keyring", "ok", "answers"))
    for state in states:
        if state.place is not None:
            findings.append(Finding(f"key of {state.provider}", "ok", f"{state.words} ({state.hint})"))
        else:
            findings.append(Finding(f"key of {state.provider}", "note", "none yet"))
    return findings


_WORST_LAST: tuple[Verdict, ...] = ("ok", "note", "bad")
_VERDICTS: dict[str, Verdict] = {"good": "ok", "note": "note", "warning": "note", "problem": "bad"}


async def _workspace(offer: Offer, folder: Path) -> list[Finding]:
    if not await asyncio.to_thread(folder.exists):
        return [Finding("workspace", "ok", f"{folder}, made with the first image")]
    report = await offer.examine(folder)
    found = [Finding("workspace", _VERDICTS[one.level], f"{one.text} {one.advice}".rstrip()) for one in report.findings]
    # One good line above a bad one would say that the workspace is in order.
    worst = max((one.verdict for one in found), key=_WORST_LAST.index, default=_WORST_LAST[0])
    return [Finding("workspace", worst, str(folder)), *found]


async def _rebuilt(offer: Offer, folder: Path) -> Finding:
    report = await offer.rebuild(folder)
    words = f"{report.images} images of {report.runs} runs are in the new database"
    details = {
        "known from their files alone": report.adopted,
        "gone": report.missing,
        "lines of records unreadable": report.unreadable_lines,
    }
    words += "".join(f", {count} {what}" for what, count in details.items() if count)
    if report.old_database is not None:
        words += f"; the old one is kept as {report.old_database.name}"
    return Finding("rebuild", "ok", words)
