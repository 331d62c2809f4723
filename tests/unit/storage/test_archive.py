from __future__ import annotations

import asyncio
import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from studio.domain.errors import BrokenImage, DiskFull, FolderNotWritable, ReferenceUnreadable
from studio.domain.fingerprint import fingerprint
from studio.domain.jobs import Call, CallState, ImageRecord, Job, JobState, Run
from studio.domain.values import BlobHash, CallId
from studio.storage import LibraryQuery, Workspace
from tests.unit.storage.conftest import OpenWorkspace, StartChild
from tests.unit.storage.material import HandClock, arrived, draft_run, hostile_files, moved, picture


async def new_run(workspace: Workspace, clock: HandClock, **values: object) -> tuple[Run, Job, Call]:
    run = await workspace.journal.add_run(draft_run(clock, **values))  # type: ignore[arg-type]  # passed on as they are
    return run, run.jobs[0], run.jobs[0].calls[0]


async def finish(workspace: Workspace, job: Job) -> None:
    await workspace.journal.save_job(job.model_copy(update={"state": JobState.DONE}))


def file_of(workspace: Workspace, image: ImageRecord) -> Path:
    return workspace.folder.root / image.path


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_the_bytes_received_are_the_bytes_kept(workspace: Workspace, clock: HandClock) -> None:
    run, job, call = await new_run(workspace, clock, prompt="Late afternoon, über dem Hafen!")
    content = picture(mode="RGBA", colour=(1, 2, 3, 90), marks=2)

    (image,) = await workspace.archive.save_image(run, job, call, arrived(content, image_url="https://x.test/1"))

    assert file_of(workspace, image).read_bytes() == content
    assert image.path == "output/images/2026-11-20_001_gpt-image-2_late-afternoon-über-dem-hafen_01.png"
    assert image.blob == hashlib.sha256(content).hexdigest()
    assert (image.facts.width, image.facts.height, image.facts.size_bytes) == (64, 48, len(content))
    assert image.facts.has_alpha
    assert (image.provider, image.model, image.image_url) == ("openai", "gpt-image-2", "https://x.test/1")
    assert await workspace.library.image(image.id) == image


async def test_the_kind_is_told_by_the_bytes(workspace: Workspace, clock: HandClock) -> None:
    run, job, call = await new_run(workspace, clock, images_per_call=(5,))
    forms = {"JPEG": "jpg", "WEBP": "webp", "GIF": "gif", "AVIF": "avif", "TIFF": "tif"}

    for index, (form, extension) in enumerate(forms.items()):
        (image,) = await workspace.archive.save_image(run, job, call, arrived(picture(form=form), index))
        assert image.path.endswith(f"_0{index + 1}.{extension}")
        assert image.facts.media_type == f"image/{form.lower()}"
        assert (await workspace.archive.thumbnail_path(image.blob, 256)).is_file()


async def test_a_drawing_is_kept_and_never_drawn(workspace: Workspace, clock: HandClock) -> None:
    run, job, call = await new_run(workspace, clock)
    content = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480"><rect width="9" height="9"/></svg>'

    (image,) = await workspace.archive.save_image(run, job, call, arrived(content))

    assert (image.facts.media_type, image.facts.width, image.facts.height) == ("image/svg+xml", 640, 480)
    assert file_of(workspace, image).read_bytes() == content
    with pytest.raises(BrokenImage):
        await workspace.archive.thumbnail_path(image.blob, 256)


@pytest.mark.parametrize("name", sorted(hostile_files()))
async def test_what_is_no_whole_image_is_refused_and_leaves_nothing(
    name: str, workspace: Workspace, clock: HandClock
) -> None:
    run, job, call = await new_run(workspace, clock)
    content = hostile_files()[name]

    with pytest.raises(BrokenImage) as caught:
        await workspace.archive.save_image(run, job, call, arrived(content))

    assert caught.value.problem.charged == "yes"
    assert caught.value.problem.detail
    assert names_in(workspace.folder.images) == []
    assert await workspace.library.count() == 0
    with pytest.raises(ReferenceUnreadable):
        await workspace.archive.inspect(content)


@pytest.mark.parametrize("size", [(1, 20_000), (20_000, 1), (10_000, 10_000)])
async def test_odd_shapes_are_images_too(size: tuple[int, int], workspace: Workspace, clock: HandClock) -> None:
    run, job, call = await new_run(workspace, clock)

    (image,) = await workspace.archive.save_image(run, job, call, arrived(picture(*size, mode="1", colour=(1,))))

    thumbnail = await workspace.archive.thumbnail_path(image.blob, 256)
    with Image.open(thumbnail) as opened:
        assert max(opened.size) == 256
        assert min(opened.size) >= 1


async def test_a_resumed_call_adds_nothing(workspace: Workspace, clock: HandClock) -> None:
    run, job, call = await new_run(workspace, clock)
    first = await workspace.archive.save_image(run, job, call, arrived(picture(marks=1)))
    again = await workspace.archive.save_image(run, job, call, arrived(picture(marks=1)))

    assert again == first
    assert len(names_in(workspace.folder.images)) == 1


async def test_the_images_of_a_call_are_known_without_those_of_another(workspace: Workspace, clock: HandClock) -> None:
    run, job, call = await new_run(workspace, clock, images_per_call=(2, 1))
    assert list(await workspace.archive.saved_images(call)) == []
    await workspace.archive.save_image(run, job, call, arrived(picture(marks=1), index=1))
    await workspace.archive.save_image(run, job, job.calls[1], arrived(picture(marks=2)))
    assert list(await workspace.archive.saved_images(call)) == [1]
    assert list(await workspace.archive.saved_images(job.calls[1])) == [2]


async def test_names_never_collide(workspace: Workspace, clock: HandClock) -> None:
    targets = ("openai/gpt-image-2", "mirror/gpt-image-2")
    run = await workspace.journal.add_run(draft_run(clock, targets=targets))
    saved = await asyncio.gather(
        *(
            workspace.archive.save_image(run, job, job.calls[0], arrived(picture(marks=place)))
            for place, job in enumerate(run.jobs)
        )
    )

    paths = {image.path for (image,) in saved}
    assert len(paths) == 2
    for place, (image,) in enumerate(saved):
        assert file_of(workspace, image).read_bytes() == picture(marks=place)


async def test_an_image_is_saved_although_its_waiter_is_cancelled(open_again: OpenWorkspace, clock: HandClock) -> None:
    workspace = await open_again()
    run, job, call = await new_run(workspace, clock)
    waiter = asyncio.create_task(workspace.archive.save_image(run, job, call, arrived(picture())))
    await asyncio.sleep(0)

    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter

    await workspace.close()
    (image,) = await (await open_again()).library.page()
    assert names_in(workspace.folder.images) == [Path(image.path).name]


async def test_an_image_that_is_saved_twice_at_once_is_one(open_again: OpenWorkspace, clock: HandClock) -> None:
    workspace = await open_again()
    run, job, call = await new_run(workspace, clock)

    saved = await asyncio.gather(*(workspace.archive.save_image(run, job, call, arrived(picture())) for _ in range(3)))

    await workspace.close()
    assert len({image.id for (image,) in saved}) == 1
    assert names_in(workspace.folder.images) == [Path(saved[0][0].path).name]


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
async def test_a_grid_is_kept_whole_and_cut(form: str, workspace: Workspace, clock: HandClock) -> None:
    run, job, call = await new_run(workspace, clock, images_per_call=(4,), seed=11)
    sheet = Image.new("RGB", (101, 80))
    colours = [(200, 0, 0), (0, 200, 0), (0, 0, 200), (200, 200, 0)]
    for place, colour in enumerate(colours):
        sheet.paste(colour, (place % 2 * 50, place // 2 * 40, 101 if place % 2 else 50, place // 2 * 40 + 40))
    content = as_file(sheet, form)

    image, *cut = await workspace.archive.save_image(
        run, job, call, arrived(content, whole_grid=True, split_columns=2, split_rows=2)
    )

    assert image.whole_grid
    assert file_of(workspace, image).read_bytes() == content
    assert Path(image.path).stem.endswith("_grid")
    assert [one.index for one in cut] == [0, 1, 2, 3]
    assert list(await workspace.archive.saved_images(call)) == [0, 1, 2, 3]
    assert not any(one.whole_grid for one in cut)
    assert sum(one.facts.width for one in cut[:2]) == 101
    with Image.open(file_of(workspace, image)) as whole:
        for one, left in zip(cut, (0, 50, 0, 50), strict=True):
            with Image.open(file_of(workspace, one)) as piece:
                assert piece.getpixel((5, 5)) == whole.getpixel((left + 5, 5 if one.index < 2 else 45))
                assert piece.info["Software"] == "Prompt Studio"
    listed = await workspace.library.page()
    assert sorted(one.id for one in listed) == sorted(one.id for one in cut)
    assert await workspace.library.count(LibraryQuery(whole_grids=True)) == 5


async def test_a_seed_is_told_only_when_it_is_known(workspace: Workspace, clock: HandClock) -> None:
    run, job, first = await new_run(workspace, clock, seed=5, images_per_call=(1, 1, 2))
    _, second, batch = job.calls

    images = [
        (await workspace.archive.save_image(run, job, call, arrived(picture(marks=index), index % 2, **values)))[0]
        for index, (call, values) in enumerate([(first, {"seed": 99}), (second, {}), (batch, {})])
    ]

    assert images[0].seed == 99
    assert images[1].seed == 6
    assert images[2].seed is None


# --- answers from the library -----------------------------------------------------------------------------------


async def test_a_finished_job_answers_again_from_its_files(workspace: Workspace, clock: HandClock) -> None:
    run, job, call = await new_run(workspace, clock, seed=5, images_per_call=(2,))
    key = fingerprint(job.target, job.fitted)
    first = await workspace.archive.save_image(run, job, call, arrived(picture(marks=1), 0))
    await finish(workspace, job)
    assert await workspace.archive.find_cached(key) == []
    second = await workspace.archive.save_image(run, job, call, arrived(picture(marks=2), 1))

    found = await workspace.archive.find_cached(key)
    assert found == [*first, *second]
    clock.advance(hours=1)
    again, new_job, _ = await new_run(workspace, clock, seed=5, images_per_call=(2,))
    await workspace.organiser.rate([found[0].id], 5)
    added = await workspace.archive.add_cached(again, new_job, await workspace.archive.find_cached(key))

    assert [image.path for image in added] == [image.path for image in found]
    assert [image.cached_from for image in added] == [image.id for image in found]
    assert [(image.run_id, image.job_id, image.rating) for image in added] == [(again.id, new_job.id, 0)] * 2
    assert await workspace.library.count() == 4


@pytest.mark.parametrize("loss", ["file", "trash", "unfinished"])
async def test_an_incomplete_job_answers_nothing(loss: str, workspace: Workspace, clock: HandClock) -> None:
    run, job, call = await new_run(workspace, clock, seed=5)
    (image,) = await workspace.archive.save_image(run, job, call, arrived(picture()))
    if loss != "unfinished":
        await finish(workspace, job)
        assert await workspace.archive.find_cached(fingerprint(job.target, job.fitted))
    if loss == "file":
        file_of(workspace, image).unlink()
    if loss == "trash":
        await workspace.organiser.trash([image.id])

    assert await workspace.archive.find_cached(fingerprint(job.target, job.fitted)) == []


# --- blobs and previews -----------------------------------------------------------------------------------------


async def test_blobs_are_kept_once_and_images_are_blobs_too(workspace: Workspace, clock: HandClock) -> None:
    content = picture(marks=3)
    blob = await workspace.archive.put_blob(content)
    assert blob == await workspace.archive.put_blob(content)
    assert await workspace.archive.read_blob(blob) == content
    run, job, call = await new_run(workspace, clock)
    (image,) = await workspace.archive.save_image(run, job, call, arrived(picture(marks=4)))

    assert await workspace.archive.read_blob(image.blob) == picture(marks=4)
    file_of(workspace, image).unlink()
    with pytest.raises(FileNotFoundError):
        await workspace.archive.read_blob(image.blob)
    with pytest.raises(FileNotFoundError):
        await workspace.archive.read_blob(BlobHash("0" * 64))


async def test_a_preview_is_a_file_in_the_cache(workspace: Workspace, tmp_path: Path) -> None:
    path = Path(await workspace.archive.keep_partial(CallId("1.1.0"), 0, 2, picture(form="WEBP")))

    assert path.is_absolute()
    assert path.is_relative_to(tmp_path / "cache")
    assert await asyncio.to_thread(path.read_bytes) == picture(form="WEBP")
    with pytest.raises(BrokenImage):
        await workspace.archive.keep_partial(CallId("1.1.0"), 0, 3, b"no image")
    await workspace.reconcile()
    assert not await asyncio.to_thread(path.exists)


async def test_previews_do_not_fill_the_drive(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    content = picture(marks=5)
    monkeypatch.setattr("studio.storage.thumbnails.PREVIEWS_MAX_BYTES", len(content) * 3)

    paths = [Path(await workspace.archive.keep_partial(CallId("1.1.0"), 0, step, content)) for step in range(1, 6)]
    again = await workspace.archive.keep_partial(CallId("1.1.0"), 0, 5, content)

    there = [path for path in paths if await asyncio.to_thread(path.exists)]
    assert there == paths[3:]
    assert again == str(paths[4])


# --- trouble with the disk --------------------------------------------------------------------------------------


async def test_a_full_disk_keeps_nothing_half_and_a_later_try_works(start_child: StartChild) -> None:
    opened, image, blob, left, after = start_child("fill-disk").hear_all()

    assert opened == {"opened": True}
    assert image == {"error": "DiskFull", "charged": "yes"}
    assert blob["error"] == "DiskFull"
    assert left == {"files": []}
    assert after["files"] == [Path(after["path"]).name]


async def test_a_full_disk_under_the_database_changes_nothing(workspace: Workspace, clock: HandClock) -> None:
    run, _, call = await new_run(workspace, clock)
    database = workspace._database._write_db
    before = database.pragma("max_page_count")
    database.pragma("max_page_count", database.pragma("page_count"))

    with pytest.raises(DiskFull) as caught:
        await new_run(workspace, clock, prompt="a very long prompt " * 2_000)

    assert caught.value.problem.charged == "none"
    database.pragma("max_page_count", before)
    await workspace.journal.save_call(moved(call, CallState.SENDING))
    assert await workspace.library.run_ids() == [run.id]


async def test_a_folder_that_went_away_is_told(workspace: Workspace, clock: HandClock) -> None:
    run, job, call = await new_run(workspace, clock)
    workspace.folder.images.rmdir()
    workspace.folder.images.write_bytes(b"something else in its place")

    with pytest.raises(FolderNotWritable):
        await workspace.archive.save_image(run, job, call, arrived(picture()))

    workspace.folder.images.unlink()
    (image,) = await workspace.archive.save_image(run, job, call, arrived(picture()))
    assert file_of(workspace, image).is_file()


async def test_a_row_that_cannot_be_written_leaves_no_file(
    workspace: Workspace, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, job, call = await new_run(workspace, clock)

    def full(*_: object, **__: object) -> ImageRecord:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr("studio.storage.archive.insert_image", full)
        with pytest.raises(DiskFull):
            await workspace.archive.save_image(run, job, call, arrived(picture()))
    assert names_in(workspace.folder.images) == []

    await workspace.archive.save_image(run, job, call, arrived(picture()))
    assert len(names_in(workspace.folder.images)) == 1


async def test_closing_waits_for_what_is_being_saved(open_again: OpenWorkspace, clock: HandClock) -> None:
    workspace = await open_again()
    run, job, call = await new_run(workspace, clock)
    saving = asyncio.create_task(workspace.archive.save_image(run, job, call, arrived(picture(900, 900, marks=9))))
    await asyncio.sleep(0)
    await workspace.close()

    (image,) = await saving

    assert await (await open_again()).library.image(image.id) == image


def as_file(image: Image.Image, form: str) -> bytes:
    target = io.BytesIO()
    image.save(target, form)
    return target.getvalue()
