from __future__ import annotations

import asyncio
import io
import threading
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from studio.domain.errors import BrokenImage
from studio.domain.jobs import ImageRecord
from studio.storage import ReconcileProgress, Workspace
from studio.storage.thumbnails import Bucket
from tests.unit.storage.conftest import OpenWorkspace
from tests.unit.storage.material import HandClock, arrived, draft_run, picture, png_chunks


async def save(workspace: Workspace, clock: HandClock, content: bytes) -> ImageRecord:
    run = await workspace.journal.add_run(draft_run(clock))
    (image,) = await workspace.archive.save_image(run, run.jobs[0], run.jobs[0].calls[0], arrived(content))
    return image


async def thumbnail(workspace: Workspace, image: ImageRecord, bucket: Bucket) -> Image.Image:
    path = await workspace.archive.thumbnail_path(image.blob, bucket)
    content = await asyncio.to_thread(path.read_bytes)
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("bucket", [256, 512, 1024])
async def test_an_image_is_never_shown_larger_than_it_is(
    bucket: Bucket, workspace: Workspace, clock: HandClock
) -> None:
    large = await save(workspace, clock, picture(1300, 650, marks=4))
    small = await save(workspace, clock, picture(90, 45, marks=4))

    assert (await thumbnail(workspace, large, bucket)).size == (bucket, bucket // 2)
    assert (await thumbnail(workspace, small, bucket)).size == (90, 45)


async def test_what_shines_through_stays_so(workspace: Workspace, clock: HandClock) -> None:
    clear = await save(workspace, clock, picture(300, 300, mode="RGBA", colour=(255, 0, 0, 0)))
    opaque = await save(workspace, clock, picture(300, 300, mode="RGBA", colour=(255, 0, 0, 255)))

    shown = await thumbnail(workspace, clear, 256)
    assert (shown.format, shown.mode) == ("WEBP", "RGBA")
    assert shown.getchannel("A").getextrema() == (0, 0)
    assert (await thumbnail(workspace, opaque, 256)).format == "JPEG"


async def test_colours_are_converted_to_srgb(workspace: Workspace, clock: HandClock) -> None:
    source = Image.new("RGB", (300, 300), (128, 64, 200))
    target = io.BytesIO()
    source.save(target, "PNG", icc_profile=swapped_profile())
    image = await save(workspace, clock, target.getvalue())

    shown = (await thumbnail(workspace, image, 256)).convert("RGB").getpixel((100, 100))

    assert isinstance(shown, tuple)
    assert shown != pytest.approx((128, 64, 200), abs=12)


def swapped_profile() -> bytes:
    """sRGB with the tags of its red and blue primaries exchanged: a profile whose effect cannot be missed."""
    content = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = content.index(b"rXYZ", 128), content.index(b"bXYZ", 128)
    content[red : red + 4], content[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(content)


async def test_a_thumbnail_is_found_without_waiting_once_it_is_made(workspace: Workspace, clock: HandClock) -> None:
    image = await save(workspace, clock, picture(600, 600))
    large = await workspace.archive.thumbnail_path(image.blob, 512)
    small = await workspace.archive.thumbnail_path(image.blob, 256)

    assert workspace.archive.find_thumbnail(image.blob, 512) == large
    assert workspace.archive.find_thumbnail(image.blob, 256) == small
    assert workspace.archive.find_thumbnail(image.blob, 1024) is None


async def test_many_who_wait_for_one_thumbnail_get_the_same(workspace: Workspace, clock: HandClock) -> None:
    image = await save(workspace, clock, picture(900, 900, marks=9))
    paths = await asyncio.gather(*(workspace.archive.thumbnail_path(image.blob, 1024) for _ in range(20)))
    assert len(set(paths)) == 1


async def test_what_nobody_waits_for_any_more_is_not_made(workspace: Workspace, clock: HandClock) -> None:
    """Both workers are kept busy; of two tiles that wait behind them one is scrolled away."""
    images = [await save(workspace, clock, picture(60, 60 + number)) for number in range(2)]
    for image in images:
        await workspace.archive.thumbnail_path(image.blob, 256)
    gate = threading.Event()
    busy = [workspace._thumbnail_workers.submit(gate.wait) for _ in range(2)]
    wanted, unwanted = [asyncio.create_task(workspace.archive.thumbnail_path(image.blob, 1024)) for image in images]
    staying = asyncio.create_task(workspace.archive.thumbnail_path(images[0].blob, 1024))
    while len(workspace._thumbnail_workers._unfinished) < 4:  # noqa: ASYNC110 - nothing tells that all have queued
        await asyncio.sleep(0)

    for task in (wanted, unwanted):
        task.cancel()
    await asyncio.wait([wanted, unwanted])
    gate.set()

    assert await asyncio.to_thread((await staying).is_file)
    await asyncio.wait([asyncio.wrap_future(one) for one in busy])
    assert workspace.archive.find_thumbnail(images[1].blob, 1024) is None


async def test_a_cleared_cache_fills_again(workspace: Workspace, clock: HandClock, tmp_path: Path) -> None:
    image = await save(workspace, clock, picture(600, 600))
    path = await workspace.archive.thumbnail_path(image.blob, 256)
    await asyncio.to_thread(path.unlink)

    again = await workspace.archive.thumbnail_path(image.blob, 256)

    assert again == path
    assert await asyncio.to_thread(again.is_file)
    assert await asyncio.to_thread(lambda: again.stat().st_mode & 0o777) == 0o600


async def test_an_original_that_is_gone_is_told(workspace: Workspace, clock: HandClock) -> None:
    image = await save(workspace, clock, picture(600, 600))
    await asyncio.to_thread((workspace.folder.root / image.path).unlink)
    with pytest.raises(FileNotFoundError):
        await workspace.archive.thumbnail_path(image.blob, 1024)


@pytest.mark.expects_log("has no thumbnail")
async def test_pixels_that_turn_out_broken_are_told_and_not_tried_forever(
    open_again: OpenWorkspace, clock: HandClock
) -> None:
    """Structure and checksums are right, the pixels are not: only decoding can tell."""
    workspace = await open_again()
    image = await save(workspace, clock, png_with_broken_pixels())
    with pytest.raises(BrokenImage):
        await workspace.archive.thumbnail_path(image.blob, 256)
    await workspace.close()

    stages: list[ReconcileProgress] = []
    await (await open_again()).reconcile(stages.append)

    assert [one for one in stages if one.stage == "thumbnails"] == []


def png_with_broken_pixels() -> bytes:
    return png_chunks(400, 400, b"\x78\x9c no deflate stream at all")
