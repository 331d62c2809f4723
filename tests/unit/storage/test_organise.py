from __future__ import annotations

from pathlib import Path

import pytest

from studio.domain.fingerprint import fingerprint
from studio.domain.values import ImageId
from studio.storage import LibraryQuery, Workspace, doctor
from tests.unit.storage.material import HandClock, draft_run, picture
from tests.unit.storage.shelf import Shelf
from tests.unit.storage.test_library import wait_for_looks


@pytest.fixture
def shelf(workspace: Workspace, clock: HandClock) -> Shelf:
    return Shelf(workspace, clock)


@pytest.fixture
def bin_folder(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bin of the system in a folder of the test."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    monkeypatch.setattr(workspace.organiser, "_to_bin", lambda path: path.rename(bin_folder / path.name))
    return bin_folder


def is_there(shelf: Shelf, path: str | Path) -> bool:
    return (shelf.workspace.folder.root / path).is_file()


async def test_marks_stay_with_the_image(shelf: Shelf) -> None:
    image = await shelf.one()
    organiser = shelf.workspace.organiser

    await organiser.rate([image.id, ImageId(5)], 4)
    await organiser.reject([image.id])
    await organiser.add_tags([image.id], ["  Sky   blue ", "final", "FINAL", "一"])
    await organiser.set_note(image.id, "<b>keep</b>\nthis")

    marked = await shelf.workspace.library.image(image.id)
    assert marked is not None
    assert (marked.rating, marked.rejected, marked.note) == (4, True, "<b>keep</b>\nthis")
    assert marked.tags == ("final", "Sky blue", "一")
    await organiser.reject([image.id], rejected=False)
    await organiser.rate([image.id], 0)
    await organiser.remove_tags([image.id], ["sky BLUE", "final", "一"])
    await organiser.set_note(image.id, "")
    assert await shelf.workspace.library.image(image.id) == image


async def test_nonsense_is_refused(shelf: Shelf) -> None:
    image = await shelf.one()
    organiser = shelf.workspace.organiser
    for rating in (-1, 6):
        with pytest.raises(ValueError, match="0 to 5"):
            await organiser.rate([image.id], rating)
    for tag in ("", "  \n", "x" * 101):
        with pytest.raises(ValueError, match="100 characters"):
            await organiser.add_tags([image.id], [tag])
    with pytest.raises(ValueError, match="20000"):
        await organiser.set_note(image.id, "x" * 20_001)
    with pytest.raises(LookupError):
        await organiser.collect(7, [image.id])


async def test_collections(shelf: Shelf) -> None:
    first, second = await shelf.one(), await shelf.one()
    organiser = shelf.workspace.organiser
    best = await organiser.add_collection("Best")
    assert await organiser.add_collection("best") == best
    await organiser.collect(best, [first.id, second.id, first.id])
    other = await organiser.add_collection("Anders")

    assert [(one.name, one.image_count) for one in await organiser.collections()] == [("Anders", 0), ("Best", 2)]
    await organiser.rename_collection(best, "Very best")
    with pytest.raises(ValueError, match="already"):
        await organiser.rename_collection(other, "VERY BEST")
    await organiser.uncollect(best, [first.id])
    assert await shelf.workspace.library.ids(LibraryQuery(collections=(best,))) == [second.id]
    await organiser.remove_collection(best)
    assert [one.name for one in await organiser.collections()] == ["Anders"]
    assert await shelf.workspace.library.count() == 2


async def test_the_trash_can_be_undone(shelf: Shelf) -> None:
    image = await shelf.one()
    organiser = shelf.workspace.organiser
    await organiser.trash([image.id])

    trashed = await shelf.workspace.library.image(image.id)

    assert trashed is not None
    assert trashed.trashed_at == shelf.clock.now()
    assert is_there(shelf, image.path)
    assert await shelf.workspace.library.count() == 0
    await organiser.restore([image.id])
    assert await shelf.workspace.library.page() == [image]


async def test_emptying_moves_files_to_the_bin_of_the_system(shelf: Shelf, bin_folder: Path) -> None:
    kept, gone = await shelf.one("a fox"), await shelf.one("a whale")
    path = await shelf.workspace.archive.thumbnail_path(gone.blob, 256)
    await shelf.workspace.organiser.trash([gone.id])

    report = await shelf.workspace.organiser.empty_trash()

    assert (report.removed, report.files, report.kept) == (1, 1, ())
    assert is_there(shelf, bin_folder / Path(gone.path).name)
    assert not is_there(shelf, gone.path)
    assert shelf.workspace.archive.find_thumbnail(gone.blob, 256) is None, path
    assert await shelf.workspace.library.image(gone.id) is None
    assert await shelf.workspace.library.ids(LibraryQuery(text="whale", trashed=True)) == []
    assert await shelf.workspace.library.ids() == [kept.id]


async def test_a_file_that_another_image_shares_stays(shelf: Shelf, bin_folder: Path, clock: HandClock) -> None:
    image = await shelf.one()
    run = await shelf.workspace.journal.run(image.run_id)
    assert run is not None
    found = await shelf.workspace.archive.find_cached(fingerprint(run.jobs[0].target, run.jobs[0].fitted))
    again = await shelf.workspace.journal.add_run(draft_run(clock))
    (shared,) = await shelf.workspace.archive.add_cached(again, again.jobs[0], found)
    await shelf.workspace.organiser.trash([image.id])

    report = await shelf.workspace.organiser.empty_trash()

    assert (report.removed, report.files) == (1, 0)
    assert is_there(shelf, shared.path)
    assert await shelf.workspace.library.ids() == [shared.id]
    await shelf.workspace.organiser.trash([shared.id])
    assert (await shelf.workspace.organiser.empty_trash()).files == 1


async def test_only_what_has_lain_long_enough_goes(shelf: Shelf, bin_folder: Path) -> None:
    old, new = await shelf.one(), await shelf.one()
    await shelf.workspace.organiser.trash([old.id])
    shelf.clock.advance(days=31)
    await shelf.workspace.organiser.trash([new.id])

    assert (await shelf.workspace.organiser.empty_trash(older_than_days=30)).removed == 1
    assert await shelf.workspace.library.ids(LibraryQuery(trashed=True)) == [new.id]


async def test_without_a_bin_nothing_is_lost(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    image = await shelf.one()
    await shelf.workspace.organiser.trash([image.id])

    def no_bin(path: Path) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(shelf.workspace.organiser, "_to_bin", no_bin)
    report = await shelf.workspace.organiser.empty_trash()

    assert (report.removed, report.kept) == (0, (image.path,))
    assert is_there(shelf, image.path)
    assert await shelf.workspace.library.ids(LibraryQuery(trashed=True)) == [image.id]


async def test_the_bin_of_this_system_takes_a_file(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the real library, in the home folder of the test."""
    image = await shelf.one()
    await shelf.workspace.organiser.trash([image.id])
    report = await shelf.workspace.organiser.empty_trash()

    # A drive may have no bin; then the file must still be there.
    assert report.files == 1 or is_there(shelf, image.path)


async def test_a_file_that_was_moved_is_put_back(shelf: Shelf, tmp_path: Path) -> None:
    image, other = await shelf.one(), await shelf.one()
    root, away = shelf.workspace.folder.root, tmp_path / "away.png"
    (root / image.path).rename(away)
    await shelf.workspace.reconcile()
    organiser = shelf.workspace.organiser
    with pytest.raises(ValueError, match="another image"):
        await organiser.relocate(image.id, root / other.path)
    with pytest.raises(LookupError):
        await organiser.relocate(ImageId(5), away)
    with pytest.raises(FileNotFoundError):
        await organiser.relocate(image.id, tmp_path / "nowhere.png")

    await organiser.relocate(image.id, away)

    assert await shelf.workspace.library.image(image.id) == image
    assert is_there(shelf, image.path)
    assert is_there(shelf, away)
    inside = shelf.workspace.folder.images / "renamed.png"
    (root / image.path).rename(inside)
    await organiser.relocate(image.id, inside)
    moved = await shelf.workspace.library.image(image.id)
    assert moved is not None
    assert moved.path == "output/images/renamed.png"


# --- words ------------------------------------------------------------------------------------------------------


async def test_each_prompt_is_remembered_once_the_last_used_first(shelf: Shelf) -> None:
    for prompt in ("a fox", "一只红猫", "a whale", "a fox"):
        await shelf.one(prompt)
    phrasebook = shelf.workspace.phrasebook

    history = await phrasebook.history()

    assert [(one.text, one.use_count) for one in history] == [("a fox", 2), ("a whale", 1), ("一只红猫", 1)]
    assert history[0].last_used_at == shelf.clock.now()
    assert [one.text for one in await phrasebook.history("猫")] == ["一只红猫"]
    assert [one.text for one in await phrasebook.history("fox")] == ["a fox"]
    assert [one.text for one in await phrasebook.history(offset=1, limit=1)] == ["a whale"]
    assert await phrasebook.history_count() == 3
    assert await phrasebook.history_count("zebra") == 0


async def test_snippets(shelf: Shelf) -> None:
    phrasebook = shelf.workspace.phrasebook
    light = await phrasebook.keep_snippet(" Light ", "late afternoon light")
    with pytest.raises(ValueError, match="already"):
        await phrasebook.keep_snippet("LIGHT", "other")
    for name, text in (("", "x"), ("x", "  "), ("x" * 101, "x"), ("x", "x" * 50_001)):
        with pytest.raises(ValueError, match="characters"):
            await phrasebook.keep_snippet(name, text)

    assert await phrasebook.keep_snippet("Evening", "blue hour", snippet_id=light) == light

    (snippet,) = await phrasebook.snippets()
    assert (snippet.id, snippet.name, snippet.text) == (light, "Evening", "blue hour")
    await phrasebook.remove_snippet(light)
    assert await phrasebook.snippets() == []


async def test_a_forgotten_prompt_is_gone_from_history_and_search_until_it_is_used_again(shelf: Shelf) -> None:
    phrasebook = shelf.workspace.phrasebook
    await shelf.one("a secret fox")
    await shelf.one("a whale")
    await phrasebook.forget("a secret fox")
    await phrasebook.forget("never written")
    assert [one.text for one in await phrasebook.history()] == ["a whale"]
    assert await phrasebook.history("fox") == []
    assert await phrasebook.history_count() == 1

    shelf.clock.advance(seconds=1)
    await shelf.one("a secret fox")
    assert [one.text for one in await phrasebook.history("fox")] == ["a secret fox"]


async def test_votes(shelf: Shelf) -> None:
    left, right = [image.id for image in await shelf.add(targets=("demo/a", "demo/b"))]
    ballot = shelf.workspace.ballot
    first = await ballot.vote("a fox", left, right, "left")
    shelf.clock.advance(seconds=1)
    second = await ballot.vote("a whale", right, left, "neither")
    with pytest.raises(ValueError, match="itself"):
        await ballot.vote("a fox", left, left, "tie")

    assert await ballot.votes() == [first, second]
    assert await ballot.votes("a whale") == [second]
    assert await ballot.briefs() == [("a whale", 1), ("a fox", 1)]
    await ballot.take_back(second.id)
    assert await ballot.votes() == [first]


async def test_votes_for_a_ranking(shelf: Shelf) -> None:
    left, right = [image.id for image in await shelf.add(targets=("demo/a", "demo/b"))]
    ballot, organiser = shelf.workspace.ballot, shelf.workspace.organiser
    await ballot.vote("a fox", left, right, "left", ("light", "detail"))
    assert [vote.reasons for vote in await ballot.votes()] == [("light", "detail")]
    (counted,) = await ballot.counted()
    assert (counted.left_image, counted.right_image, counted.outcome) == (left, right, "left")
    assert await ballot.counted(brief="a whale") == []
    await organiser.add_tags([left], ["hero"])
    assert await ballot.counted(tag="hero") == []
    await organiser.add_tags([right], ["hero"])
    assert await ballot.counted(tag="hero", brief="a fox") == [counted]
    assert await ballot.tags() == [("hero", 1)]


@pytest.mark.usefixtures("bin_folder")
async def test_nothing_is_left_behind_of_what_is_removed(shelf: Shelf, folder: Path) -> None:
    organiser = shelf.workspace.organiser
    gone, kept = await shelf.one(), await shelf.one(content=picture(60, 50))
    await organiser.add_tags([gone.id, kept.id], ["sky"])
    await organiser.set_note(gone.id, "a note")
    await organiser.collect_as("Best", [gone.id, kept.id])
    best, rest = await organiser.add_collection("Best"), await organiser.add_collection("Rest")
    await organiser.collect(rest, [kept.id])
    await wait_for_looks(shelf, gone, kept)

    await organiser.trash([gone.id])
    await organiser.empty_trash()
    await organiser.remove_collection(best)
    await shelf.workspace.close()

    assert [one for one in (await doctor(folder)).findings if one.level == "problem"] == []
