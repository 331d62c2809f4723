"""Whatever a user changes in the library can be taken back, in any order of kinds, and done again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from studio.domain.errors import ReferenceUnreadable
from studio.domain.values import ImageId
from studio.storage import LibraryChange, LibraryQuery, Workspace, rebuild
from tests.unit.storage.conftest import OpenWorkspace
from tests.unit.storage.material import HandClock, picture
from tests.unit.storage.shelf import Shelf
from tests.unit.storage.test_library import found, scene, wait_for_looks


@pytest.fixture
def shelf(workspace: Workspace, clock: HandClock) -> Shelf:
    return Shelf(workspace, clock)


async def everything(workspace: Workspace) -> dict[str, Any]:
    """All that a user can change."""
    images = await workspace.library.page() + await workspace.library.page(LibraryQuery(trashed=True))
    collections = await workspace.organiser.collections()
    members = {one.name: await workspace.library.ids(LibraryQuery(collections=(one.id,))) for one in collections}
    return {"images": sorted(images, key=lambda image: image.id), "collections": collections, "members": members}


async def test_every_change_can_be_taken_back_and_done_again(shelf: Shelf) -> None:
    workspace, organiser = shelf.workspace, shelf.workspace.organiser
    first, second, third, fourth = [(await shelf.one()).id for _ in range(4)]
    await organiser.rate([first], 3)
    await organiser.reject([second])
    await organiser.add_tags([first], ["Final"])
    await organiser.add_tags([second], ["final", "sky"])
    await organiser.set_note(first, "before")
    best = await organiser.add_collection("Best")
    await organiser.collect(best, [first])
    shelf.clock.advance(minutes=1)
    await organiser.collect(best, [second])
    await organiser.trash([third])
    shelf.clock.advance(minutes=1)
    changes: list[Callable[[], Awaitable[LibraryChange]]] = [
        lambda: organiser.rate([first, second], 5),
        lambda: organiser.reject([first, second], rejected=False),
        lambda: organiser.add_tags([first, second, third], ["SKY", "new"]),
        lambda: organiser.remove_tags([first, second], ["FINAL"]),
        lambda: organiser.set_note(first, "after"),
        lambda: organiser.trash([first, third]),
        lambda: organiser.restore([third]),
        lambda: organiser.collect(best, [first, third, fourth]),
        lambda: organiser.uncollect(best, [first, second]),
        lambda: organiser.collect_as("  New  one ", [first, second]),
        lambda: organiser.rename_collection(best, "Very best"),
        lambda: organiser.remove_collection(best),
    ]
    for make in changes:
        before = await everything(workspace)
        change = await make()
        after = await everything(workspace)
        assert change
        assert after != before
        again = await organiser.undo(change)
        assert await everything(workspace) == before
        back = await organiser.undo(again)
        assert await everything(workspace) == after
        await organiser.undo(back)
        assert await everything(workspace) == before


async def test_a_change_knows_only_what_it_changed(shelf: Shelf) -> None:
    organiser = shelf.workspace.organiser
    first, second = (await shelf.one()).id, (await shelf.one()).id
    await organiser.rate([first], 4)

    assert not await organiser.rate([first], 4)
    assert (await organiser.rate([first, second], 4)).image_count == 1
    assert not await organiser.rate([ImageId(5)], 2)
    assert not await organiser.undo(LibraryChange())
    kept = await organiser.set_note(second, "one")
    both = kept.then(await organiser.set_note(second, "two"))
    await organiser.undo(both)
    image = await shelf.workspace.library.image(second)
    assert image is not None
    assert image.note == ""


async def test_images_gone_for_good_are_passed_over(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    organiser = shelf.workspace.organiser
    monkeypatch.setattr(organiser, "_to_bin", Path.unlink)
    gone, kept = (await shelf.one()).id, (await shelf.one()).id
    rated = await organiser.rate([gone, kept], 5)
    thrown = await organiser.trash([gone])
    await organiser.empty_trash()

    assert not await organiser.undo(thrown)
    assert (await organiser.undo(rated)).image_count == 1


async def test_a_name_that_is_taken_meanwhile_is_told(shelf: Shelf) -> None:
    organiser = shelf.workspace.organiser
    best = await organiser.add_collection("Best")
    renamed = await organiser.rename_collection(best, "Better")
    await organiser.add_collection("best")

    with pytest.raises(ValueError, match="already"):
        await organiser.undo(renamed)
    assert [one.name for one in await organiser.collections()] == ["best", "Better"]


async def test_what_was_taken_back_is_taken_back_after_a_rebuild_too(
    shelf: Shelf, open_again: OpenWorkspace, folder: Path
) -> None:
    organiser = shelf.workspace.organiser
    first, second = (await shelf.one()).id, (await shelf.one()).id
    best = await organiser.add_collection("Best")
    await organiser.collect(best, [first, second])
    for change in (
        await organiser.remove_collection(best),
        await organiser.uncollect(best, [first]),
        await organiser.rate([first], 2),
        await organiser.trash([second]),
    ):
        await organiser.undo(change)
    before = await everything(shelf.workspace)
    await shelf.workspace.close()

    await rebuild(folder, clock=shelf.clock)

    after = await everything(await open_again())
    assert after["members"] == before["members"] == {"Best": [second, first]}
    assert [(one.rating, one.trashed_at) for one in after["images"]] == [(0, None), (0, None)]


async def test_collections_are_asked_for_by_name_and_by_image(shelf: Shelf) -> None:
    organiser = shelf.workspace.organiser
    first, second, third = [(await shelf.one()).id for _ in range(3)]
    await organiser.collect_as("Late autumn", [first, second])
    await organiser.collect_as("收藏", [second])
    await organiser.collect_as("late AUTUMN", [third])

    assert await found(shelf, collection_names=("late  autumn",)) == [third, second, first]
    assert await found(shelf, collection_names=("收藏", "nothing")) == [second]
    assert await found(shelf, collection_names=("nothing",)) == []
    assert await shelf.workspace.library.run_count(LibraryQuery(collection_names=("收藏",))) == 1
    assert [one.name for one in await organiser.collections([second])] == ["Late autumn", "收藏"]
    assert [one.name for one in await organiser.collections([first, second])] == ["Late autumn"]
    for name in ("", " \n", "x" * 101):
        with pytest.raises(ValueError, match="100 characters"):
            await organiser.collect_as(name, [first])


# --- trash ------------------------------------------------------------------------------------------------------


async def test_the_trash_says_what_emptying_would_do(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    organiser = shelf.workspace.organiser
    assert (await organiser.trash_content()).image_count == 0
    one, other = await shelf.one(content=picture(50, 50)), await shelf.one(content=picture(60, 50))
    await organiser.trash([one.id])
    thrown_at = shelf.clock.now()
    shelf.clock.advance(days=3)
    await organiser.trash([one.id, other.id])

    content = await organiser.trash_content()

    assert (content.image_count, content.file_count, content.shared_count) == (2, 2, 0)
    assert content.size_bytes == one.facts.size_bytes + other.facts.size_bytes
    assert content.oldest_at is not None
    assert abs(content.oldest_at - thrown_at) < timedelta(milliseconds=1)
    monkeypatch.setattr(organiser, "_to_bin", Path.unlink)
    assert (await organiser.trash_content([other.id])).image_count == 1
    assert (await organiser.empty_trash(only=[other.id])).removed == 1
    assert await found(shelf, trashed=True) == [one.id]


# --- how a picture from elsewhere looks ---------------------------------------------------------------------------


async def test_a_picture_from_elsewhere_finds_its_like(shelf: Shelf) -> None:
    red = await shelf.one(content=scene((200, 30, 30)))
    near = await shelf.one(content=scene((205, 35, 30), shift=2))
    other = await shelf.one(content=picture(300, 300, marks=5))
    await wait_for_looks(shelf, red, near, other)
    before = await shelf.workspace.library.count()

    look = await shelf.workspace.look_of(scene((200, 30, 30)))

    assert (await found(shelf, like=look, similar_within=3, sort="similarity"))[0] == red.id
    assert other.id not in await found(shelf, like=look, similar_within=3)
    assert await shelf.workspace.library.run_count(LibraryQuery(like=look, similar_within=3)) == 2
    assert await shelf.workspace.library.count() == before
    for content in (b"", b"no image", picture(40, 40)[:60], b"<svg xmlns='http://www.w3.org/2000/svg'/>"):
        with pytest.raises(ReferenceUnreadable):
            await shelf.workspace.look_of(content, "file.png")


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("秋", "秋"),
        ("深秋的湖", "秋的"),
        ("غروب الشمس", "الشمس"),
        ("שקיעה", "קי"),
        ("👩‍🎨 studio", "👩‍🎨"),
        ("🦊", "🦊"),
        ("Ａｕｔｕｍｎ", "autumn"),
    ],
)
async def test_notes_tags_and_revised_prompts_are_found_in_every_script(shelf: Shelf, written: str, asked: str) -> None:
    noted, tagged, revised = await shelf.one(), await shelf.one(), await shelf.one(revised_prompt=written)
    await shelf.one()
    await shelf.workspace.organiser.set_note(noted.id, written)
    await shelf.workspace.organiser.add_tags([tagged.id], [written])

    assert await found(shelf, text=asked) == [revised.id, tagged.id, noted.id]
    assert await found(shelf, note=asked) == [noted.id]
    assert await shelf.workspace.library.run_count(LibraryQuery(note=asked)) == 1
    assert await found(shelf, note=f"{asked} zebra") == []
