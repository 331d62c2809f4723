"""A disk that is full must not cost an image that was paid for."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.domain.errors import BrokenImage, DiskFull, FolderNotWritable
from studio.domain.events import SavingBlocked
from studio.domain.jobs import Call, CallState, JobState
from studio.engine.saving import rescue
from tests.unit.engine.fakes import ALPHA, Gate, World, idle, image, png, ticket, until, usd, wish


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_images_wait_in_memory_and_are_saved_when_there_is_room(world: World) -> None:
    world.archive.full = DiskFull()
    world.alpha.scripts = [[image(0), image(1)]]
    engine = world.engine()
    run = await engine.start(wish(n=2), [ALPHA])
    await until(lambda: len(world.of("saving_blocked")) == 2)
    assert world.journal.call("1.1.0").state is CallState.SENDING
    blocked: list[SavingBlocked] = world.of("saving_blocked")
    assert [event.problem.kind for event in blocked] == ["disk_full", "disk_full"]
    assert blocked[-1].held_images == 2
    world.archive.full = None
    engine.retry_saving()
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.DONE
    assert sorted(one.index for one in world.archive.images) == [0, 1]


async def test_saving_is_tried_again_by_itself(world: World) -> None:
    world.archive.full = FolderNotWritable(path="/somewhere")
    engine = world.engine(saving_retry_s=15)
    run = await engine.start(wish(), [ALPHA])
    await until(lambda: world.of("saving_blocked"))
    await world.clock.advance(15)
    world.archive.full = None
    await world.clock.advance(15)
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.DONE
    assert len(world.of("saving_blocked")) == 2


async def test_one_image_that_waits_does_not_hold_up_the_others(world: World) -> None:
    world.archive.full, world.archive.full_for = DiskFull(), {0}
    world.alpha.scripts = [[image(0), image(1), image(2)]]
    engine = world.engine()
    run = await engine.start(wish(n=3), [ALPHA])
    await until(lambda: len(world.archive.images) == 2)
    await until(lambda: world.alpha.open_connections == 0)
    world.archive.full = None
    engine.retry_saving()
    assert (await engine.wait(run.id)).jobs[0].missing == ()


@pytest.mark.expects_log("an image of call 1.1.0 cannot be saved. The bytes are kept in ")
async def test_at_close_what_still_waits_is_rescued(world: World, tmp_path: Path) -> None:
    world.archive.full = DiskFull()
    engine = world.engine(rescue_folders=(tmp_path / "no-folder\0", tmp_path / "rescue"))
    await engine.start(wish(), [ALPHA])
    await until(lambda: world.of("saving_blocked"))
    await engine.close()
    assert files(tmp_path / "rescue") == {"prompt-studio-1.1.0-0.png": image().content}
    call = world.journal.call("1.1.0")
    assert call.problem is not None
    assert call.problem.text == (
        "It could not be saved in the workspace and lies in "
        f"{tmp_path}/rescue/prompt-studio-1.1.0-0.png. It was billed."
    )
    assert call.problem.charged == "yes"
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), False)


async def test_bytes_that_are_no_image_are_kept_aside_and_told(world: World, tmp_path: Path) -> None:
    world.archive.full, world.archive.full_for = BrokenImage(provider="Alpha"), {1}
    world.alpha.scripts = [[image(0), image(1)]]
    engine = world.engine(rescue_folders=(tmp_path,))
    done = await engine.wait((await engine.start(wish(n=2), [ALPHA])).id)
    assert done.jobs[0].state is JobState.DONE
    (missing,) = world.of("image_missing")
    assert (missing.image_index, missing.problem.kind, missing.problem.charged) == (1, "broken_image", "yes")
    assert list(files(tmp_path).values()) == [image(1).content]


async def test_only_broken_bytes_are_a_failure_that_was_billed(world: World, tmp_path: Path) -> None:
    world.archive.full = BrokenImage(provider="Alpha")
    engine = world.engine(rescue_folders=(tmp_path,))
    done = await engine.wait((await engine.start(wish(), [ALPHA])).id)
    assert done.jobs[0].state is JobState.FAILED
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), False)


@pytest.mark.expects_log("an image of call 1.1.0 cannot be saved")
async def test_a_bug_while_saving_loses_no_bytes(world: World, tmp_path: Path) -> None:
    world.archive.full = ZeroDivisionError("oops")
    engine = world.engine(rescue_folders=(tmp_path,))
    done = await engine.wait((await engine.start(wish(), [ALPHA])).id)
    problem = done.jobs[0].calls[0].problem
    assert problem is not None
    assert (problem.kind, problem.charged) == ("image_set_aside", "yes")
    assert list(files(tmp_path).values()) == [image().content]


async def test_a_journal_that_cannot_write_any_more_does_not_stop_a_paid_image(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[gate, ticket(), image()]]
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    await gate.reached.wait()
    world.journal.full = DiskFull()
    gate.open()
    await until(lambda: world.archive.images)
    await idle()
    assert world.journal.call("1.1.0").state is CallState.SENDING
    world.journal.full = None
    engine.retry_saving()
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.DONE
    assert world.journal.call("1.1.0").state is CallState.DONE
    assert world.journal.call("1.1.0").ticket is not None


@pytest.mark.expects_log("a request could not be made(?s:.*)oops")
async def test_a_bug_in_the_journal_after_sending_does_not_stop_a_paid_image(world: World) -> None:
    def refuse(call: Call) -> None:
        if call.state is CallState.ACCEPTED:
            raise ZeroDivisionError("oops")

    world.journal.before_write = refuse
    world.alpha.scripts = [[ticket(), image()]]
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(), [ALPHA])).id)
    assert done.jobs[0].state is JobState.DONE


def test_a_rescued_file_never_replaces_another(tmp_path: Path) -> None:
    first = rescue(png("one"), "x", [tmp_path])
    second = rescue(png("two"), "x", [tmp_path])
    assert first is not None
    assert second is not None
    assert first.read_bytes() == png("one")
    assert second.read_bytes() == png("two")
    assert {first.name, second.name} == {"x.png", "x-1.png"}


@pytest.mark.parametrize(
    ("start", "extension"),
    [(b"\xff\xd8\xff", "jpg"), (b"RIFF....WEBP", "webp"), (b"....ftypavif", "avif"), (b"<html>", "bin")],
)
def test_a_rescued_file_has_the_extension_of_its_bytes(tmp_path: Path, start: bytes, extension: str) -> None:
    path = rescue(start, "x", [tmp_path])
    assert path is not None
    assert path.suffix == f".{extension}"
