from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import pytest

from studio.domain.errors import WorkspaceUnreadable
from studio.domain.jobs import CallState, Ticket
from studio.domain.ports import Limits
from studio.storage import LibraryQuery, Workspace, doctor, rebuild
from tests.unit.storage.conftest import OpenWorkspace, StartChild
from tests.unit.storage.material import HandClock, dollars, draft_run, moved, picture
from tests.unit.storage.shelf import Shelf


async def fill(workspace: Workspace, clock: HandClock) -> Shelf:
    """Something of everything that a record can hold."""
    shelf = Shelf(workspace, clock)
    first, second = await shelf.add("a red fox", targets=("openai/gpt-image-2", "demo/paint"), seed=3, cost="0.04")
    thrown = await shelf.one("一只红猫", revised_prompt="rewritten")
    await shelf.fail("a fox that failed")
    await shelf.add("a grid", content=picture(80, 80, marks=3), whole_grid=True, split_columns=2, split_rows=1)
    organiser = workspace.organiser
    await organiser.rate([first.id], 5)
    await organiser.reject([second.id])
    await organiser.add_tags([first.id, second.id], ["final", "sky"])
    await organiser.remove_tags([second.id], ["sky"])
    await organiser.set_note(first.id, "for the client")
    await organiser.trash([thrown.id])
    best = await organiser.add_collection("Best")
    await organiser.collect(best, [first.id, second.id])
    await organiser.uncollect(best, [second.id])
    await organiser.remove_collection(await organiser.add_collection("Old"))
    await workspace.phrasebook.keep_snippet("Light", "airy")
    await workspace.phrasebook.forget("a fox that failed")
    await workspace.ballot.vote("a red fox", first.id, second.id, "left")
    run = await workspace.journal.add_run(draft_run(clock))
    await workspace.ledger.reserve(run.jobs[0].calls[0], run.jobs[0].target, dollars("0.06"), Limits())
    await workspace.ledger.settle(run.jobs[0].calls[0].id, dollars("0.05"))
    accepted = (
        run.jobs[0]
        .calls[0]
        .model_copy(update={"ticket": Ticket(provider="openai", account="default", task_id="task-9")})
    )
    for state in (CallState.SENDING, CallState.ACCEPTED):
        await workspace.journal.save_call(moved(accepted, state))
    return shelf


async def told(workspace: Workspace) -> dict[str, object]:
    """All that can be asked of a workspace, for comparing two."""
    runs = await workspace.library.runs(limit=100)
    return {
        "runs": [page.run for page in runs],
        "images": [page.images for page in runs],
        "listed": await workspace.library.page(),
        "trash": await workspace.library.page(LibraryQuery(trashed=True)),
        "grids": await workspace.library.ids(LibraryQuery(whole_grids=True)),
        "found": await workspace.library.ids(LibraryQuery(text="client 猫")),
        "history": await workspace.phrasebook.history(),
        "snippets": await workspace.phrasebook.snippets(),
        "collections": await workspace.organiser.collections(),
        "votes": await workspace.ballot.votes(),
        "spending": await workspace.ledger.spending(),
    }


async def test_everything_that_records_hold_survives(open_again: OpenWorkspace, clock: HandClock, folder: Path) -> None:
    workspace = await open_again()
    await fill(workspace, clock)
    before = await told(workspace)
    await workspace.close()

    report = await rebuild(folder, clock=clock)

    assert (report.runs, report.adopted, report.missing, report.unreadable_lines) == (5, 0, 0, 0)
    assert report.images == 6
    rebuilt = await open_again()
    assert await told(rebuilt) == before
    (open_run,) = await rebuilt.journal.unfinished_runs()
    assert open_run.jobs[0].calls[0].ticket == Ticket(provider="openai", account="default", task_id="task-9")
    assert (await rebuilt.journal.add_run(draft_run(clock))).id == 6
    assert report.old_database is not None
    assert report.old_database.stat().st_mode & 0o777 == 0o600


async def test_a_database_full_of_rubbish_is_replaced(
    open_again: OpenWorkspace, clock: HandClock, folder: Path
) -> None:
    workspace = await open_again()
    shelf = await fill(workspace, clock)
    before = await told(shelf.workspace)
    await workspace.close()
    rubbish = b"not a database at all" * 500
    (folder / "studio.db").write_bytes(rubbish)
    with pytest.raises(WorkspaceUnreadable, match="--rebuild"):
        await open_again()

    report = await rebuild(folder, clock=clock)

    assert await told(await open_again()) == before
    assert report.old_database is not None
    assert await asyncio.to_thread(report.old_database.read_bytes) == rubbish


async def test_images_alone_are_enough_to_begin_with(open_again: OpenWorkspace, clock: HandClock, folder: Path) -> None:
    workspace = await open_again()
    await fill(workspace, clock)
    await workspace.close()
    for path in [*(folder / "records").rglob("*.jsonl"), folder / "studio.db"]:
        path.unlink()

    report = await rebuild(folder, clock=clock)

    assert (report.runs, report.images, report.adopted) == (0, 6, 6)
    assert report.old_database is None
    assert await (await open_again()).library.count() == 6


async def test_damaged_records_cost_only_what_stood_in_them(
    open_again: OpenWorkspace, clock: HandClock, folder: Path
) -> None:
    workspace = await open_again()
    shelf = Shelf(workspace, clock)
    fox, whale = await shelf.one("a fox"), await shelf.one("a whale")
    await workspace.close()
    record = folder / "records" / "000" / "001.jsonl"
    lines = record.read_text().split("\n")
    kept = [line for line in lines if '"kind":"image"' in line]
    record.write_text("\n".join(['{"kind": "run", "value": {"id": "x"}}', "{half a li", '"text"', *kept]))

    report = await rebuild(folder, clock=clock)

    assert report.unreadable_lines == 1
    images = await (await open_again()).library.page()
    assert [(image.id, image.prompt) for image in images] == [(whale.id, "a whale"), (fox.id, "a fox")]


@pytest.mark.parametrize("path", ["../../secret.png", "/etc/passwd", "output/../../x.png", "C:/x.png", "..\\x.png", ""])
async def test_a_record_cannot_lead_out_of_the_workspace(
    path: str, open_again: OpenWorkspace, clock: HandClock, folder: Path
) -> None:
    workspace = await open_again()
    image = await Shelf(workspace, clock).one()
    await workspace.close()
    record = folder / "records" / "000" / "001.jsonl"
    with record.open("a") as lines:
        lines.write(json.dumps({"kind": "mark", "image": image.id, "path": path}) + "\n")

    report = await rebuild(folder, clock=clock)

    assert report.unreadable_lines == 1
    assert [one.path for one in await (await open_again()).library.page()] == [image.path]


async def test_missing_files_are_told(open_again: OpenWorkspace, clock: HandClock, folder: Path) -> None:
    workspace = await open_again()
    image = await Shelf(workspace, clock).one()
    await workspace.close()
    (folder / image.path).unlink()

    report = await rebuild(folder, clock=clock)

    assert (report.images, report.missing) == (1, 1)
    (marked,) = await (await open_again()).library.page()
    assert marked.missing


async def test_an_image_that_was_on_its_way_comes_home(
    start_child: StartChild, open_again: OpenWorkspace, clock: HandClock, folder: Path
) -> None:
    child = start_child("save-image", "named")
    child.hear_until_stopped()
    child.kill()

    report = await rebuild(folder, clock=clock)

    assert (report.images, report.adopted) == (1, 1)
    (image,) = await (await open_again()).library.page()
    assert (image.call_id, image.seed, image.revised_prompt) == ("1.1.0", 7, "a fox, red")


async def test_what_a_crash_kept_from_the_records_is_told_at_the_next_start(
    start_child: StartChild, open_again: OpenWorkspace, clock: HandClock, folder: Path
) -> None:
    child = start_child("save-image", "before its record")
    child.hear_until_stopped()
    child.kill()
    workspace = await open_again()
    (saved,) = await workspace.library.page()
    record = folder / "records" / "000" / "001.jsonl"
    assert '"kind":"image"' not in await asyncio.to_thread(record.read_text)

    await workspace.journal.unfinished_runs()

    await workspace.close()
    report = await rebuild(folder, clock=clock)
    assert (report.images, report.adopted) == (1, 0)
    assert await (await open_again()).library.page() == [saved]


async def test_nobody_else_may_have_it_open(workspace: Workspace, clock: HandClock, folder: Path) -> None:
    await Shelf(workspace, clock).one()
    with pytest.raises(WorkspaceUnreadable, match="Close"):
        await rebuild(folder, clock=clock)
    assert await workspace.library.count() == 1


# --- doctor -----------------------------------------------------------------------------------------------------


async def test_a_healthy_workspace(workspace: Workspace, clock: HandClock, folder: Path) -> None:
    await Shelf(workspace, clock).one()

    report = await doctor(folder)

    assert report.healthy, report
    assert {finding.level for finding in report.findings} == {"good"}


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_drive_that_cannot_be_written_is_no_broken_database(
    workspace: Workspace, clock: HandClock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Shelf(workspace, clock).one()
    await workspace.close()
    # What the system answers on a read-only drive, also to root; SQLite then can make no file beside its database.
    monkeypatch.setattr(os, "access", lambda _path, mode, **_options: not mode & os.W_OK)
    before = _names(folder)

    report = await doctor(folder)

    problems = [finding.text for finding in report.findings if finding.level == "problem"]
    assert problems == ["Nothing can be written here."]
    assert "All 1 image files are there." in [finding.text for finding in report.findings]
    assert _names(folder) == before


async def test_what_is_wrong_is_said_in_words(workspace: Workspace, clock: HandClock, folder: Path) -> None:
    shelf = Shelf(workspace, clock)
    image = await shelf.one()
    (folder / image.path).unlink()
    (folder / "output" / "images" / "new.png").write_bytes(picture())
    run = await workspace.journal.add_run(draft_run(clock))
    for state in (CallState.SENDING, CallState.UNCERTAIN):
        await workspace.journal.save_call(moved(run.jobs[0].calls[0], state))

    report = await doctor(folder)

    text = "\n".join(f"{finding.level}: {finding.text} {finding.advice}" for finding in report.findings)
    assert not report.healthy
    assert f"warning: 1 of 1 image files are missing: {image.path}." in text
    assert "note: 1 files are not in the library yet: output/images/new.png." in text
    assert "warning: 1 requests may have been billed, in run 2." in text


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (None, "There is no workspace"),
        (b"", "not made by Prompt Studio"),
        (b"rubbish" * 1000, "cannot be read"),
    ],
)
async def test_a_patient_beyond_reading(damage: bytes | None, words: str, folder: Path) -> None:
    if damage is not None:
        await asyncio.to_thread(folder.mkdir)
        (folder / "studio.db").write_bytes(damage)

    report = await doctor(folder)

    assert not report.healthy
    assert any(words in finding.text and finding.advice for finding in report.findings)
    if damage is not None:
        assert (folder / "studio.db").read_bytes() == damage


async def test_it_changes_nothing(workspace: Workspace, clock: HandClock, folder: Path) -> None:
    shelf = Shelf(workspace, clock)
    await shelf.one()
    await workspace.changed()
    await doctor(folder)
    assert not await workspace.changed()
