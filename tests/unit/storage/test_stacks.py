"""Near-duplicates in stacks: whole libraries, new arrivals, groups, and the search itself against plain comparing."""

from __future__ import annotations

import asyncio
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.jobs import ImageRecord
from studio.storage import GroupCount, LibraryQuery, Workspace
from studio.storage.looks import Colour
from studio.storage.similar import SeenLook, groups_of_alike
from tests.unit.storage.material import HandClock, draft_run, picture
from tests.unit.storage.shelf import Shelf
from tests.unit.storage.test_library import scene, wait_for_looks


@pytest.fixture
def shelf(workspace: Workspace, clock: HandClock) -> Shelf:
    return Shelf(workspace, clock)


async def three_alike_and_one(shelf: Shelf) -> list[ImageRecord]:
    images = [
        await shelf.one("a red fox", content=scene((200, 30, 30))),
        await shelf.one("a red fox", content=scene((200, 30, 30), detail=True)),
        await shelf.one("a harbour", content=picture(300, 300, colour=(30, 160, 60), marks=6)),
        await shelf.one("a fox", content=scene((201, 30, 30))),
    ]
    await wait_for_looks(shelf, *images)
    return images


async def test_a_stack_has_one_place_that_of_its_first_image(shelf: Shelf) -> None:
    first, second, other, third = await three_alike_and_one(shelf)
    told: list[tuple[int, int]] = []

    stacked = await shelf.workspace.library.stacked(LibraryQuery(), lambda *how_far: told.append(how_far))

    assert list(stacked.ids) == [third.id, other.id]
    assert dict(stacked.stacks) == {third.id: (third.id, second.id, first.id)}
    assert stacked.images_count == 4
    assert stacked.groups == ()
    assert all(done <= total == 4 for done, total in told)
    oldest = await shelf.workspace.library.stacked(LibraryQuery(sort="oldest", text="red"))
    assert list(oldest.ids) == [first.id]
    assert dict(oldest.stacks) == {first.id: (first.id, second.id)}


async def test_nothing_is_stacked_across_groups(shelf: Shelf) -> None:
    first, second, other, third = await three_alike_and_one(shelf)
    by_run = await shelf.workspace.library.stacked(LibraryQuery(group="run"))
    assert list(by_run.ids) == [third.id, other.id, second.id, first.id]
    assert not by_run.stacks
    by_provider = await shelf.workspace.library.stacked(LibraryQuery(group="provider"))
    assert by_provider.groups == (GroupCount("openai", 2, 4),)


async def test_what_comes_later_joins_its_stack(shelf: Shelf) -> None:
    *_, third = await three_alike_and_one(shelf)
    library = shelf.workspace.library
    await library.stacked(LibraryQuery())
    late = await shelf.one(content=scene((202, 30, 30)))
    alone = await shelf.one(content=picture(200, 300, colour=(160, 60, 200), marks=3))
    twin = await shelf.one(content=picture(200, 300, colour=(160, 60, 201), marks=3))
    await wait_for_looks(shelf, late, alone, twin)

    stacked = await library.stacked(LibraryQuery())

    assert stacked.ids[:2].tolist() == [twin.id, late.id]
    assert stacked.stacks[twin.id] == (twin.id, alone.id)
    assert len(stacked.stacks[late.id]) == 4
    assert third.id in stacked.stacks[late.id]


async def test_images_of_one_file_are_a_stack_even_before_anybody_looked(shelf: Shelf) -> None:
    image = await shelf.one(content=picture(90, 80))
    run = await shelf.workspace.journal.add_run(draft_run(shelf.clock))
    (again,) = await shelf.workspace.archive.add_cached(run, run.jobs[0], [image])

    stacked = await shelf.workspace.library.stacked(LibraryQuery(sort="oldest"))

    assert dict(stacked.stacks) == {image.id: (image.id, again.id)}


async def test_a_search_that_was_given_up_goes_on(shelf: Shelf) -> None:
    await three_alike_and_one(shelf)
    library = shelf.workspace.library
    hasty = asyncio.ensure_future(library.stacked(LibraryQuery()))
    await asyncio.sleep(0)
    hasty.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hasty
    both = await asyncio.gather(library.stacked(LibraryQuery()), library.stacked(LibraryQuery(text="fox")))
    assert [len(stacked.ids) for stacked in both] == [2, 1]


_seeds = st.sampled_from([0, 0xFFFF_0000_FFFF_0000, 0x0123_4567_89AB_CDEF])
_flips = st.lists(st.integers(0, 63), max_size=7)
_colours = st.builds(Colour, st.integers(0, 100), st.integers(-12, 12), st.integers(-12, 12))


@settings(max_examples=150)
@given(st.lists(st.tuples(_seeds, _flips, _colours), max_size=40), st.integers(0, 6), st.booleans())
def test_the_search_finds_what_comparing_each_with_each_finds(
    drawn: list[tuple[int, list[int], Colour]], within_bits: int, flat: bool
) -> None:
    looks = []
    for number, (seed, flips, colour) in enumerate(drawn * (4 if flat else 1)):
        look_hash = seed if flat else seed ^ sum({1 << bit for bit in flips})
        looks.append(SeenLook(number, look_hash, Colour(colour.lightness - number % 5, 0, colour.blue_yellow)))
    group_of = {look.id: {look.id} for look in looks}
    for one, other in combinations(looks, 2):
        if one.difference(other) <= within_bits and group_of[one.id] is not group_of[other.id]:
            joined = group_of[one.id] | group_of[other.id]
            group_of |= dict.fromkeys(joined, joined)
    expected = {frozenset(group) for group in group_of.values() if len(group) > 1}

    found = groups_of_alike(looks, within_bits)

    assert {frozenset(group) for group in found} == expected
    assert all(group == sorted(group) for group in found)
