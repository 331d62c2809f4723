"""Killed at every point between the last byte and the row: nothing that was paid for is lost, nothing half is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.domain.jobs import CallState
from studio.storage import Workspace
from tests.unit.storage.conftest import OpenWorkspace, StartChild
from tests.unit.storage.material import picture


def visible(workspace: Workspace) -> list[Path]:
    return sorted(path for path in workspace.folder.images.iterdir() if not path.name.startswith("."))


@pytest.mark.parametrize("where", ["written", "named", "before the row", "in the transaction"])
async def test_an_image_that_had_arrived_is_brought_home(
    where: str, start_child: StartChild, open_again: OpenWorkspace
) -> None:
    child = start_child("save-image", where)
    child.hear_until_stopped()
    child.kill()
    workspace = await open_again()
    (run,) = await workspace.journal.unfinished_runs()

    page = await workspace.library.run(run.id)

    assert page is not None
    (image,) = page.images
    assert (workspace.folder.root / image.path).read_bytes() == picture(marks=5)
    assert (image.call_id, image.index, image.seed) == ("1.1.0", 0, 7)
    assert (image.prompt, image.revised_prompt) == ("a red fox", "a fox, red")
    assert [path.name for path in visible(workspace)] == [Path(image.path).name]
    assert run.jobs[0].calls[0].state is CallState.DONE
    assert (await workspace.ledger.spending()).unsure.amount > 0
    report = await workspace.reconcile()
    assert (report.adopted, report.missing) == (0, 0)
    assert await workspace.library.count() == 1


async def test_half_an_image_is_never_seen_and_its_call_stays_open(
    start_child: StartChild, open_again: OpenWorkspace
) -> None:
    child = start_child("save-image", "half written")
    child.hear_until_stopped()
    child.kill()
    workspace = await open_again()
    (run,) = await workspace.journal.unfinished_runs()

    assert visible(workspace) == []
    assert run.jobs[0].calls[0].state is CallState.SENDING
    await workspace.reconcile()
    assert list(workspace.folder.images.iterdir()) == []
    assert await workspace.library.count() == 0


@pytest.mark.parametrize("where", ["written", "named"])
async def test_reconciling_alone_brings_it_home_too(
    where: str, start_child: StartChild, open_again: OpenWorkspace
) -> None:
    child = start_child("save-image", where)
    child.hear_until_stopped()
    child.kill()
    workspace = await open_again()

    report = await workspace.reconcile()

    assert report.adopted == 1
    (image,) = await workspace.library.page()
    assert image.call_id == "1.1.0"


@pytest.mark.parametrize("where", ["half written", "written", "named"])
async def test_reconciling_leaves_alone_what_a_living_process_is_saving(
    where: str, start_child: StartChild, open_again: OpenWorkspace
) -> None:
    child = start_child("save-image", where)
    child.hear_until_stopped()
    workspace = await open_again()
    before = sorted(workspace.folder.images.iterdir())

    report = await workspace.reconcile()

    assert (report.adopted, report.set_aside) == (0, 0)
    assert await workspace.library.count() == 0
    assert sorted(workspace.folder.images.iterdir()) == before
    assert len(before) == 1


@pytest.mark.parametrize("where", ["between", "in the transaction"])
async def test_a_state_that_was_saved_survives_the_kill(
    where: str, start_child: StartChild, open_again: OpenWorkspace
) -> None:
    child = start_child("save-call", where)
    assert {"saved": "sending"} in child.hear_until_stopped()
    child.kill()
    workspace = await open_again()

    (run,) = await workspace.journal.unfinished_runs()

    assert run.jobs[0].calls[0].state is CallState.SENDING
