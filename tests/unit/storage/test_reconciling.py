from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from studio.domain.jobs import ImageRecord
from studio.storage import LibraryQuery, ReconcileProgress, Workspace
from tests.unit.storage.conftest import OpenWorkspace
from tests.unit.storage.material import HandClock, picture
from tests.unit.storage.shelf import Shelf
from tests.unit.storage.test_pixels import saved


@pytest.fixture
def shelf(workspace: Workspace, clock: HandClock) -> Shelf:
    return Shelf(workspace, clock)


def file_of(shelf: Shelf, image: ImageRecord) -> Path:
    return shelf.workspace.folder.root / image.path


async def test_a_folder_in_order_is_left_as_it_is(shelf: Shelf) -> None:
    images = await shelf.add(targets=("demo/a", "demo/b"))
    stages: list[ReconcileProgress] = []

    report = await shelf.workspace.reconcile(stages.append)

    assert (report.adopted, report.missing, report.altered, report.set_aside) == (0, 0, 0, 0)
    assert sorted(await shelf.workspace.library.page(), key=lambda image: image.id) == images
    assert ReconcileProgress("comparing", 2, 2) in stages


async def test_a_file_that_is_gone_is_marked_until_it_comes_back(shelf: Shelf) -> None:
    image = await shelf.one()
    elsewhere = shelf.workspace.folder.root / "elsewhere.png"
    file_of(shelf, image).rename(elsewhere)

    assert (await shelf.workspace.reconcile()).missing == 1
    (marked,) = await shelf.workspace.library.page()
    assert marked == image.model_copy(update={"missing": True})
    assert (await shelf.workspace.reconcile()).missing == 0

    elsewhere.rename(file_of(shelf, image))
    assert (await shelf.workspace.reconcile()).found_again == 1
    assert await shelf.workspace.library.page() == [image]


async def test_a_file_that_was_renamed_or_moved_is_recognised(shelf: Shelf) -> None:
    image = await shelf.one()
    await shelf.workspace.organiser.rate([image.id], 5)
    folder = shelf.workspace.folder.images / "for the client"
    folder.mkdir()
    file_of(shelf, image).rename(folder / "hero.png")

    await shelf.workspace.reconcile()

    (moved,) = await shelf.workspace.library.page()
    assert (moved.id, moved.path, moved.rating) == (image.id, "output/images/for the client/hero.png", 5)
    assert not moved.missing


async def test_files_of_others_come_into_the_library_with_their_words(shelf: Shelf) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("parameters", "a red fox, oil\nSteps: 20")
    inside = shelf.workspace.folder.images
    (inside / "fox.png").write_bytes(saved(Image.new("RGB", (30, 20)), "PNG", pnginfo=words))
    (inside / "my_holiday.jpeg").write_bytes(picture(form="JPEG"))
    (inside / "broken.png").write_bytes(picture()[:50])
    (inside / "readme.txt").write_text("not an image")
    (inside / ".hidden.png").write_bytes(picture())
    (inside / "link.png").symlink_to(inside / "fox.png")

    report = await shelf.workspace.reconcile()

    assert (report.adopted, report.set_aside) == (2, 1)
    images = await shelf.workspace.library.page()
    assert {(image.prompt, image.provider) for image in images} == {
        ("a red fox, oil", "imported"),
        ("my holiday", "imported"),
    }
    assert {image.run_id for image in images} == {1}
    (page,) = await shelf.workspace.library.runs()
    assert page.run.origin == "import"
    assert await shelf.workspace.phrasebook.history() == []
    assert len(await shelf.workspace.library.ids(LibraryQuery(text="fox oil"))) == 1
    assert (await shelf.workspace.reconcile()).adopted == 0


async def test_a_copy_of_an_image_is_no_second_image(shelf: Shelf) -> None:
    image = await shelf.one()
    shutil.copy(file_of(shelf, image), shelf.workspace.folder.images / "copy.png")

    assert (await shelf.workspace.reconcile()).adopted == 0
    assert await shelf.workspace.library.count() == 1


async def test_a_file_that_another_program_changed_is_followed(shelf: Shelf) -> None:
    image = await shelf.one()
    file_of(shelf, image).write_bytes(picture(80, 80, marks=5))

    assert (await shelf.workspace.reconcile()).altered == 1

    (changed,) = await shelf.workspace.library.page()
    assert (changed.id, changed.facts.width, changed.facts.height) == (image.id, 80, 80)
    assert (image.altered, changed.altered) == (False, True)
    path = await shelf.workspace.archive.thumbnail_path(changed.blob, 256)
    content = await asyncio.to_thread(Image.open, path)
    assert content.size == (80, 80)
    content.close()


async def test_a_row_that_was_lost_comes_back_by_the_name_of_its_file(shelf: Shelf, open_again: OpenWorkspace) -> None:
    """After a power cut neither record nor row may have reached the disk; the run did."""
    image = await shelf.one("a fox")
    content = await asyncio.to_thread(file_of(shelf, image).read_bytes)
    another = shelf.workspace.folder.images / "2026-11-20_001_gpt-image-2_a-fox_02.png"
    another.write_bytes(content + b"appended, so other bytes")

    assert (await shelf.workspace.reconcile()).adopted == 1

    images = await shelf.workspace.library.page()
    assert {(one.run_id, one.job_id, one.index, one.prompt) for one in images} == {
        (1, "1.1", 0, "a fox"),
        (1, "1.1", 1, "a fox"),
    }


async def test_looks_that_were_not_noted_are_made_up_for(open_again: OpenWorkspace, clock: HandClock) -> None:
    workspace = await open_again()
    image = await Shelf(workspace, clock).one()
    await workspace.reconcile()  # waits for the looks that are being taken
    await workspace._database.write(lambda change: change.db.execute("UPDATE files SET look_state = 0"))
    for bucket in (256, 512):
        path = await workspace.archive.thumbnail_path(image.blob, bucket)
        await asyncio.to_thread(path.unlink)

    await workspace.reconcile()

    assert workspace.archive.find_thumbnail(image.blob, 256) is not None
    assert await workspace.library.colours(image.id)
