"""What was done last night is taken back tomorrow morning, and never over what somebody has done since."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import apsw
import pytest

from studio.domain.values import ImageId
from studio.storage import Deed, LibraryChange, Workspace
from studio.storage.library_history import STEPS_MOST
from tests.unit.storage.conftest import OpenWorkspace, StartChild
from tests.unit.storage.material import HandClock
from tests.unit.storage.shelf import Shelf
from tests.unit.storage.test_changes import everything

RATED = Deed("rated", 1)


@pytest.fixture
def shelf(workspace: Workspace, clock: HandClock) -> Shelf:
    return Shelf(workspace, clock)


async def rating_of(workspace: Workspace, image_id: ImageId) -> int:
    image = await workspace.library.image(image_id)
    assert image is not None
    return image.rating


async def test_every_kind_of_change_is_taken_back_and_done_again_after_restarts(
    shelf: Shelf, open_again: OpenWorkspace
) -> None:
    organiser = shelf.workspace.organiser
    first, second, third = [(await shelf.one()).id for _ in range(3)]
    best = await organiser.add_collection("Best")
    await organiser.collect(best, [third])
    await organiser.trash([third])
    changes: list[tuple[Deed, Callable[[Deed], Awaitable[LibraryChange]]]] = [
        (Deed("rated", 2), lambda deed: organiser.rate([first, second], 5, keep=deed)),
        (Deed("rejected", 1), lambda deed: organiser.reject([first], keep=deed)),
        (Deed("noted", 1), lambda deed: organiser.set_note(first, "späť 备注 🦊", keep=deed)),
        (Deed("tagged", 2), lambda deed: organiser.add_tags([first, second], ["Sky", "final"], keep=deed)),
        (Deed("tagged", 2), lambda deed: organiser.retag([first, second], add=["a"], remove=["SKY"], keep=deed)),
        (Deed("binned", 1), lambda deed: organiser.trash([second], keep=deed)),
        (Deed("restored", 1), lambda deed: organiser.restore([third], keep=deed)),
        (Deed("collected", 2, "New"), lambda deed: organiser.collect_as("New", [first, second], keep=deed)),
        (Deed("uncollected", 1, "Best"), lambda deed: organiser.uncollect(best, [third], keep=deed)),
        (Deed("renamed", 0, "Best", "Worst"), lambda deed: organiser.rename_collection(best, "Worst", keep=deed)),
        (Deed("removed", 0, "Worst"), lambda deed: organiser.remove_collection(best, keep=deed)),
    ]
    states = [await everything(shelf.workspace)]
    for deed, make in changes:
        await make(deed)
        states.append(await everything(shelf.workspace))
    done_at = shelf.clock.now()
    await shelf.workspace.close()

    shelf.clock.advance(hours=9)
    morning = await open_again()
    await morning.history.take_over()
    for (deed, _make), before in zip(reversed(changes), reversed(states[:-1]), strict=True):
        walked = await morning.history.undo()
        assert walked is not None
        assert (walked.deed, walked.made_at, walked.taken_over, walked.left_alone) == (deed, done_at, True, False)
        assert await everything(morning) == before
    assert await morning.history.undo() is None
    await morning.close()

    evening = await open_again()
    await evening.history.take_over()
    for after in states[1:]:
        walked = await evening.history.redo()
        assert walked is not None
        assert not walked.left_alone
        assert await everything(evening) == after
    assert await evening.history.redo() is None


async def test_what_a_killed_window_did_is_taken_back_by_the_next_one(
    shelf: Shelf, start_child: StartChild, open_again: OpenWorkspace
) -> None:
    image = await shelf.one()
    child = start_child("rate", str(image.id))
    assert child.hear() == {"opened": True}
    assert child.hear() == {"rated": 4}
    living = await open_again()
    await living.history.take_over()
    assert await living.history.undo() is None  # it is its own affair as long as it lives
    child.kill()

    next_one = await open_again()
    await next_one.history.take_over()

    assert await rating_of(next_one, image.id) == 4
    walked = await next_one.history.undo()
    assert walked is not None
    assert walked.change.image_ids == {image.id}
    assert await rating_of(next_one, image.id) == 0


async def test_each_window_takes_back_its_own(shelf: Shelf, open_again: OpenWorkspace) -> None:
    image, other = await shelf.one(), await shelf.one()
    second = await open_again()
    await shelf.workspace.organiser.rate([image.id], 2, keep=RATED)
    await second.organiser.rate([other.id], 3, keep=RATED)

    await shelf.workspace.history.undo()

    assert (await rating_of(second, image.id), await rating_of(second, other.id)) == (0, 3)
    assert await shelf.workspace.history.undo() is None


async def test_what_others_changed_since_stays_and_is_told(shelf: Shelf, open_again: OpenWorkspace) -> None:
    images = [(await shelf.one()).id for _ in range(3)]
    other = (await open_again()).organiser
    organiser, history = shelf.workspace.organiser, shelf.workspace.history
    await organiser.rate(images, 2, keep=RATED)
    await other.rate([images[0]], 5)

    walked = await history.undo()

    assert walked is not None
    assert (walked.newer_count, walked.gone_count, walked.change.image_ids) == (1, 0, frozenset[int](images[1:]))
    assert [await rating_of(shelf.workspace, one) for one in images] == [5, 0, 0]
    again = await history.redo()
    assert again is not None
    assert (again.newer_count, again.change.image_ids) == (0, frozenset[int](images[1:]))
    assert [await rating_of(shelf.workspace, one) for one in images] == [5, 2, 2]


async def test_a_note_and_a_place_in_the_bin_that_are_newer_stay(shelf: Shelf, open_again: OpenWorkspace) -> None:
    image = (await shelf.one()).id
    other = (await open_again()).organiser
    organiser, history = shelf.workspace.organiser, shelf.workspace.history
    await organiser.trash([image], keep=Deed("binned", 1))
    await organiser.set_note(image, "mine", keep=Deed("noted", 1))
    await other.set_note(image, "theirs")
    await other.restore([image])
    shelf.clock.advance(minutes=1)
    await other.trash([image])
    before = await everything(shelf.workspace)

    for _ in range(2):
        walked = await history.undo()
        assert walked is not None
        assert (bool(walked.change), walked.newer_count) == (False, 1)
    assert await everything(shelf.workspace) == before
    assert await history.redo() is None  # nothing was taken back


@pytest.mark.parametrize(
    ("meanwhile", "reason"), [("renamed", "changed"), ("filled", "changed"), ("removed", None), ("nothing", None)]
)
async def test_a_collection_that_others_went_on_with_is_not_removed(
    shelf: Shelf, open_again: OpenWorkspace, meanwhile: str, reason: str | None
) -> None:
    first, second = (await shelf.one()).id, (await shelf.one()).id
    other = (await open_again()).organiser
    await shelf.workspace.organiser.collect_as("Best", [first], keep=Deed("collected", 1, "Best"))
    (best,) = await other.collections()
    match meanwhile:
        case "renamed":
            await other.rename_collection(best.id, "Theirs")
        case "filled":
            await other.collect(best.id, [second])
        case "removed":
            await other.remove_collection(best.id)

    walked = await shelf.workspace.history.undo()

    assert walked is not None
    assert walked.collections == ((reason,) if reason else ())
    left = [(one.name, one.image_count) for one in await other.collections()]
    assert left == {"renamed": [("Theirs", 0)], "filled": [("Best", 1)]}.get(meanwhile, [])


async def test_a_name_that_another_collection_has_now_is_told(shelf: Shelf, open_again: OpenWorkspace) -> None:
    image = (await shelf.one()).id
    other = (await open_again()).organiser
    organiser, history = shelf.workspace.organiser, shelf.workspace.history
    await organiser.collect_as("Best", [image])
    (best,) = await organiser.collections()
    await organiser.remove_collection(best.id, keep=Deed("removed", 0, "Best"))
    await other.add_collection("best")

    walked = await history.undo()

    assert walked is not None
    assert (bool(walked.change), walked.collections) == (False, ("taken",))
    assert [(one.name, one.image_count) for one in await organiser.collections()] == [("best", 0)]


async def test_a_collection_that_is_gone_is_told_once(shelf: Shelf, open_again: OpenWorkspace) -> None:
    images = [(await shelf.one()).id for _ in range(2)]
    other = (await open_again()).organiser
    organiser, history = shelf.workspace.organiser, shelf.workspace.history
    best = await organiser.add_collection("Best")
    for image in images:
        shelf.clock.advance(minutes=1)
        await organiser.collect(best, [image])
    await organiser.uncollect(best, images, keep=Deed("uncollected", 2, "Best"))
    await other.remove_collection(best)

    walked = await history.undo()

    assert walked is not None
    assert (bool(walked.change), walked.collections) == (False, ("gone",))


async def test_images_that_are_gone_for_good_are_counted(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    organiser, history = shelf.workspace.organiser, shelf.workspace.history
    monkeypatch.setattr(organiser, "_to_bin", lambda path: path.unlink())
    gone, kept = (await shelf.one()).id, (await shelf.one()).id
    await organiser.rate([gone, kept], 5, keep=Deed("rated", 2))
    await organiser.trash([gone])
    await organiser.empty_trash()

    walked = await history.undo()

    assert walked is not None
    assert (walked.gone_count, walked.newer_count, walked.change.image_ids) == (1, 0, frozenset[int]({kept}))


async def test_typing_is_one_step_until_somebody_else_writes(shelf: Shelf, open_again: OpenWorkspace) -> None:
    image = (await shelf.one()).id
    other = (await open_again()).organiser
    organiser, history = shelf.workspace.organiser, shelf.workspace.history
    typed = Deed("noted", 1, joins=f"note {image}")

    async def note() -> str:
        found = await shelf.workspace.library.image(image)
        assert found is not None
        return found.note

    for text in ("a", "au", "aut"):
        await organiser.set_note(image, text, keep=typed)
    await other.set_note(image, "aut?")
    await organiser.set_note(image, "aut? yes", keep=typed)

    await history.undo()
    assert await note() == "aut?"
    walked = await history.undo()
    assert walked is not None
    assert (walked.newer_count, await note()) == (1, "aut?")
    await other.set_note(image, "")
    for text in ("b", "bc"):
        await organiser.set_note(image, text, keep=typed)
    await history.undo()
    assert await note() == ""


async def test_a_new_change_ends_what_could_be_done_again_and_old_ones_go(shelf: Shelf) -> None:
    image = (await shelf.one()).id
    organiser, history = shelf.workspace.organiser, shelf.workspace.history
    for step in range(STEPS_MOST + 20):
        await organiser.rate([image], 1 + step % 2, keep=RATED)
    await history.undo()
    await organiser.reject([image], keep=Deed("rejected", 1))
    assert await history.redo() is None

    walked = 0
    while await history.undo() is not None:
        walked += 1
    assert walked == STEPS_MOST


async def test_a_large_change_makes_room_and_stays_itself(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.storage.library_history.KEPT_MAX_BYTES", 200)
    images = [(await shelf.one()).id for _ in range(12)]
    organiser, history = shelf.workspace.organiser, shelf.workspace.history
    await organiser.rate(images[:1], 1, keep=RATED)
    await organiser.rate(images, 3, keep=RATED)

    walked = await history.undo()
    assert walked is not None
    assert walked.change.image_count == len(images)
    assert await history.undo() is None


@pytest.mark.parametrize(
    "steps",
    [
        "",
        "{",
        "[1]",
        '[["Nothing",{}]]',
        '[["MarkStep",{"name":"rating = 5, note","value":1,"image_ids":[1]}]]',
        '[["NoteStep",{"image_id":"x","note":3}]]',
    ],
)
async def test_steps_that_are_not_ours_are_passed_over(shelf: Shelf, open_again: OpenWorkspace, steps: str) -> None:
    """A workspace may come from anybody."""
    image = (await shelf.one()).id
    await shelf.workspace.organiser.rate([image], 2, keep=RATED)
    await shelf.workspace.organiser.rate([image], 3, keep=RATED)
    database = shelf.workspace.folder.database
    await shelf.workspace.close()
    db = apsw.Connection(str(database))
    db.execute("UPDATE library_history SET steps = ? WHERE id = (SELECT max(id) FROM library_history)", (steps,))
    db.close()

    workspace = await open_again()
    await workspace.history.take_over()
    walked = await workspace.history.undo()

    # The one below it, which no longer finds what it left.
    assert walked is not None
    assert (walked.newer_count, await rating_of(workspace, image)) == (1, 3)
