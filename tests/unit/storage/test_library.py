from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from studio.domain.assets import AspectRatio, Size
from studio.domain.jobs import ImageRecord, JobState
from studio.domain.values import ImageId, RunId
from studio.storage import Facet, LibraryQuery, Sort, Workspace
from studio.storage.search_text import search_key
from tests.unit.storage.material import HandClock, dollars, draft_run, picture
from tests.unit.storage.shelf import Shelf
from tests.unit.storage.test_pixels import saved


@pytest.fixture
def shelf(workspace: Workspace, clock: HandClock) -> Shelf:
    return Shelf(workspace, clock)


async def found(shelf: Shelf, **asked: Any) -> list[ImageId]:
    """The answer of a query, after proving that list, count and places agree."""
    query = LibraryQuery(**asked)
    library = shelf.workspace.library
    ids = await library.ids(query)
    assert await library.count(query) == len(ids)
    assert [image.id for image in await library.page(query)] == ids
    assert [await library.position_of(one, query) for one in ids] == list(range(len(ids)))
    return ids


async def test_a_list_is_read_in_windows(shelf: Shelf) -> None:
    images = [await shelf.one() for _ in range(7)]
    newest = [image.id for image in reversed(images)]

    assert await found(shelf) == newest
    assert await shelf.workspace.library.ids(offset=2, limit=3) == newest[2:5]
    assert await shelf.workspace.library.page(offset=6, limit=3) == [images[0]]
    assert await shelf.workspace.library.ids(offset=7) == []
    assert await shelf.workspace.library.images([images[3].id, ImageId(1), images[1].id]) == [images[3], images[1]]
    assert await shelf.workspace.library.image(ImageId(1)) is None


@pytest.mark.parametrize("sort", [sort for sort in get_args(Sort) if sort != "similarity"])
@pytest.mark.parametrize("text", ["", "harbour"])
async def test_every_order_is_whole_and_knows_its_places(sort: Sort, text: str, shelf: Shelf) -> None:
    targets = ("openai/b", "demo/a", "openai/a")
    images = [image for _ in range(3) for image in await shelf.add("a harbour", targets=targets)]
    for rating, image in enumerate(images[:6]):
        await shelf.workspace.organiser.rate([image.id], rating)

    ids = await found(shelf, sort=sort, text=text)

    assert sorted(ids) == sorted(image.id for image in images)
    shown = {image.id: image for image in await shelf.workspace.library.images(ids)}

    def key(image: ImageRecord) -> tuple[Any, ...]:
        keys = {
            "newest": (),
            "oldest": (),
            "rating": (-image.rating,),
            "provider": (image.provider, image.model),
            "model": (image.model, image.provider),
        }
        return (*keys[sort], image.id if sort == "oldest" else -image.id)

    assert all(key(shown[first]) < key(shown[second]) for first, second in pairwise(ids))


async def test_images_of_one_second_keep_their_order(shelf: Shelf) -> None:
    images = await shelf.add(targets=tuple(f"demo/{number}" for number in range(20)))
    assert await found(shelf) == [image.id for image in reversed(images)]


async def test_a_second_can_hold_any_number_of_images(shelf: Shelf, clock: HandClock) -> None:
    """Files that were unpacked from an archive all bear the same time."""
    image = await shelf.one()
    later = clock.now() + timedelta(seconds=1)
    run = await shelf.workspace.journal.add_run(draft_run(clock))
    many = await shelf.workspace.archive.add_cached(run, run.jobs[0], [image] * 2_100)
    clock.set(later)
    (after,) = await shelf.workspace.archive.add_cached(run, run.jobs[0], [image])

    ids = await shelf.workspace.library.ids(LibraryQuery(until=later), limit=5_000)

    assert len({one.id for one in (image, *many, after)}) == 2_102
    assert ids == [one.id for one in reversed(many)] + [image.id]


# --- words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("harbour", {0, 2}),
        ("HARBOUR", {0, 2}),
        ("arbou", {0, 2}),
        ("harbour fox", {2}),
        ('"red fox"', {1, 2}),
        ('"fox red"', set()),
        ("é", {0}),
        ("É", {0}),
        ("fo", {1, 2}),
        ("x", {1, 2}),
        ("猫", {3, 4}),
        ("红猫", {3}),
        ("红色的猫", {4}),
        ("猫 红", {3, 4}),
        ("猫 qwen", {3}),
        ("ＱＷＥＮ", {3}),
        ("🦊", {4}),
        ("gpt-image-2", {0, 1, 2}),
        ("blurry", {1}),
        ("rewritten", {2}),
        ("zebra", set()),
        ("*", {0}),
        ("100%", {0}),
        ("NOT OR AND", set()),
        ('fox"', {1, 2}),
        ("col:fox", set()),
        ("fox*", set()),
        ("-fox", set()),
        ("   ", {0, 1, 2, 3, 4}),
    ],
)
async def test_words_are_found_whatever_the_script(asked: str, expected: set[int], shelf: Shelf) -> None:
    images = [
        await shelf.one("Le café au harbour * 100%"),
        await shelf.one("a red fox", negative="blurry"),
        await shelf.one("a red fox in the harbour", revised_prompt="rewritten by them"),
        await shelf.one("一只红猫", targets=("tongyi/qwen-image",)),
        await shelf.one("红色的猫 🦊", targets=("demo/paint",)),
    ]

    ids = await found(shelf, text=asked)

    assert {place for place, image in enumerate(images) if image.id in ids} == expected


async def test_notes_and_tags_are_found_as_soon_as_they_are_written(shelf: Shelf) -> None:
    image = await shelf.one()
    await shelf.one()
    organiser = shelf.workspace.organiser
    await organiser.set_note(image.id, "for the client meeting")
    await organiser.add_tags([image.id], ["Sky blue"])
    assert await found(shelf, text="client sky") == [image.id]

    await organiser.set_note(image.id, "")
    await organiser.remove_tags([image.id], ["SKY BLUE"])

    assert await found(shelf, text="client") == []
    assert await found(shelf, text="sky") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(prompt=st.text(min_size=1, max_size=40).filter(lambda text: text.strip()), data=st.data())
def test_any_part_of_any_prompt_finds_it(
    prompt: str, data: st.DataObject, loop_runner: asyncio.Runner, blocking_shelf: Shelf
) -> None:
    words = search_key(prompt).replace('"', " ").split()
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    begin = data.draw(st.integers(min_value=0, max_value=len(word) - 1))
    asked = word[begin : begin + data.draw(st.integers(min_value=1, max_value=5))]

    async def look() -> bool:
        image = await blocking_shelf.one(prompt)
        return image.id in await blocking_shelf.workspace.library.ids(LibraryQuery(text=asked))

    assert loop_runner.run(look())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=30))
def test_nothing_that_is_typed_is_an_error(asked: str, loop_runner: asyncio.Runner, blocking_shelf: Shelf) -> None:
    query = LibraryQuery(text=asked)
    library = blocking_shelf.workspace.library
    assert loop_runner.run(library.count(query)) == len(loop_runner.run(library.ids(query)))
    assert loop_runner.run(library.run_count(query)) == len(loop_runner.run(library.run_ids(query)))
    loop_runner.run(blocking_shelf.workspace.phrasebook.history(asked))


async def test_a_whole_text_in_the_search_field_is_no_error(shelf: Shelf) -> None:
    image = await shelf.one("word " * 200)
    assert await found(shelf, text="word " * 3_000) == [image.id]
    assert await found(shelf, text="w" * 60_000) == []
    assert await found(shelf, text="\ud83e") == []


# --- fields -----------------------------------------------------------------------------------------------------


async def test_or_inside_a_field_and_between_fields(shelf: Shelf) -> None:
    openai, demo, tongyi = await shelf.add("a fox", targets=("openai/a", "demo/b", "tongyi/c"))
    other = await shelf.one("a whale", targets=("demo/b",))
    await shelf.workspace.organiser.rate([demo.id, other.id], 4)
    await shelf.workspace.organiser.reject([tongyi.id])
    await shelf.workspace.organiser.add_tags([openai.id], ["final"])
    await shelf.workspace.organiser.add_tags([tongyi.id], ["draft"])

    assert await found(shelf, providers=("openai", "tongyi")) == [tongyi.id, openai.id]
    assert await found(shelf, providers=("openai", "demo"), text="fox") == [demo.id, openai.id]
    assert await found(shelf, models=("b",), rating_min=4, text="whale") == [other.id]
    assert await found(shelf, rating_min=1, rating_max=3) == []
    assert await found(shelf, rejected=True) == [tongyi.id]
    assert await found(shelf, rejected=False, runs=(openai.run_id,)) == [demo.id, openai.id]
    assert await found(shelf, tags=("FINAL", "draft")) == [tongyi.id, openai.id]
    assert await found(shelf, tags=("none",)) == []


async def test_time_size_seed_and_cost(shelf: Shelf) -> None:
    first = await shelf.one(cost="0.02", seed=7, content=picture(64, 36))
    second = await shelf.one(cost="0.20", seed=2**32 - 1, content=picture(36, 64))
    third = await shelf.one(content=picture(63, 36))

    assert await found(shelf, since=second.created_at) == [third.id, second.id]
    assert await found(shelf, until=second.created_at) == [first.id]
    between = {"since": first.created_at + timedelta(seconds=1), "until": third.created_at - timedelta(microseconds=1)}
    assert await found(shelf, **between) == [second.id]
    assert await found(shelf, sizes=(Size.of(64, 36), Size.of(36, 64))) == [second.id, first.id]
    assert await found(shelf, ratios=(AspectRatio.parse("16:9"),)) == [first.id]
    assert await found(shelf, ratios=(AspectRatio.parse("9:16"), AspectRatio.parse("7:4"))) == [third.id, second.id]
    assert await found(shelf, seeds=(7, 8)) == [first.id]
    assert await found(shelf, seeds=(2**32 - 1,)) == [second.id]
    assert await found(shelf, cost_max=dollars("0.05")) == [third.id, first.id]  # the third by its estimate
    assert await found(shelf, cost_min=dollars("0.03"), cost_max=dollars("0.10")) == [third.id]


async def test_states_collections_and_trash(shelf: Shelf) -> None:
    kept, gone, thrown = [await shelf.one() for _ in range(3)]
    await asyncio.to_thread((shelf.workspace.folder.root / gone.path).unlink)
    await shelf.workspace.reconcile()
    await shelf.workspace.organiser.trash([thrown.id])
    chosen = await shelf.workspace.organiser.add_collection("Chosen")
    await shelf.workspace.organiser.collect(chosen, [kept.id, thrown.id])

    assert await found(shelf) == [gone.id, kept.id]
    assert await found(shelf, states=("missing",)) == [gone.id]
    assert await found(shelf, states=("done",)) == [kept.id]
    assert await found(shelf, states=("done", "missing", "failed")) == [gone.id, kept.id]
    assert await found(shelf, states=("failed",)) == []
    assert await found(shelf, trashed=True) == [thrown.id]
    assert await found(shelf, collections=(chosen,)) == [kept.id]


# --- looks ------------------------------------------------------------------------------------------------------


def scene(colour: tuple[int, int, int], *, shift: int = 0, detail: bool = False) -> bytes:
    image = Image.new("RGB", (320, 240), colour)
    draw = ImageDraw.Draw(image)
    draw.rectangle((40 + shift, 60, 160 + shift, 200), fill=(250, 250, 250))
    draw.ellipse((190, 20, 300, 130), fill=(10, 10, 10))
    if detail:
        draw.point((5, 5), fill=(255, 0, 0))
    return saved(image, "PNG")


async def wait_for_looks(shelf: Shelf, *images: ImageRecord) -> None:
    """Looks are noted soon after an image is saved; reconciling waits for those that are still due."""
    for image in images:
        await shelf.workspace.archive.thumbnail_path(image.blob, 256)
    await shelf.workspace.reconcile()


async def test_images_are_found_by_colour_and_by_likeness(shelf: Shelf) -> None:
    red = await shelf.one(content=scene((200, 30, 30)))
    red_again = await shelf.one(content=scene((200, 30, 30), detail=True))
    blue = await shelf.one(content=scene((30, 60, 200)))
    other = await shelf.one(content=picture(300, 300, colour=(30, 160, 60), marks=6))
    await wait_for_looks(shelf, red, red_again, blue, other)

    assert await found(shelf, colours=("#d02020",)) == [red_again.id, red.id]
    assert await found(shelf, colours=("#d02020", "#2040d0")) == [blue.id, red_again.id, red.id]
    assert await found(shelf, colours=("#ffff00",)) == []
    assert await found(shelf, similar_to=red.id, similar_within=3) == [red_again.id, red.id]
    assert (await found(shelf, similar_to=other.id, similar_within=3)) == [other.id]
    assert await found(shelf, similar_to=ImageId(5)) == []
    assert await shelf.workspace.library.stacks([other.id, red.id, red_again.id]) == [[red.id, red_again.id]]
    (colour, share), *_ = await shelf.workspace.library.colours(red.id)
    assert abs(int(colour[1:3], 16) - 200) < 16
    assert share > 40


def blue_ball_before_a_wall() -> bytes:
    """A rough grey wall in uneven light; 5 % of the picture are a ball in many shades of blue."""
    wall = Image.merge("RGB", [Image.linear_gradient("L").rotate(90).point(partial(_shade, top)) for top in _WALL])
    rough = ImageChops.add(wall, Image.effect_noise(wall.size, 20).convert("RGB"), 1, -128)
    draw = ImageDraw.Draw(rough)
    for step in range(32):
        draw.ellipse((100 + step, 100 + step, 164 - step, 164 - step), fill=(30 + step, 70 + 2 * step, 150 + 3 * step))
    return saved(rough, "PNG")


_WALL = (190, 175, 160)


def _shade(top: int, light: int) -> int:
    return top // 3 + light * top * 2 // 3 // 255


async def test_a_small_thing_of_a_strong_colour_is_found_by_it(shelf: Shelf) -> None:
    ball = await shelf.one(content=blue_ball_before_a_wall())
    await wait_for_looks(shelf, ball)

    assert await found(shelf, colours=("#2f6fd0",)) == [ball.id]
    assert await found(shelf, colours=("#d02020",)) == []
    assert await found(shelf, colours=("#30c040",)) == []
    palette = await shelf.workspace.library.colours(ball.id)
    assert len({colour for colour, _ in palette}) == len(palette) <= 6
    assert palette[0][1] > 30, "shades of the wall count together"


async def test_likeness_can_order_a_list(shelf: Shelf) -> None:
    original = await shelf.one("a fox", content=scene((200, 30, 30)))
    near = await shelf.one("a fox", content=scene((200, 30, 30), shift=6))
    far = await shelf.one("a fox", content=picture(300, 300, marks=5))
    await wait_for_looks(shelf, original, near, far)

    for text in ("", "fox"):
        ids = await found(shelf, similar_to=original.id, similar_within=15, sort="similarity", text=text)
        assert ids[:2] == [original.id, near.id]


# --- runs -------------------------------------------------------------------------------------------------------


async def runs(shelf: Shelf, **asked: Any) -> list[int]:
    query = LibraryQuery(**asked)
    library = shelf.workspace.library
    ids = await library.run_ids(query)
    assert await library.run_count(query) == len(ids)
    assert [page.run.id for page in await library.runs(query)] == ids
    assert [await library.run_position(one, query) for one in ids] == list(range(len(ids)))
    return list(ids)


async def test_runs_are_found_by_request_job_or_image(shelf: Shelf) -> None:
    first = await shelf.add("a fox", targets=("openai/gpt-image-2", "demo/paint"), cost="0.10")
    await shelf.fail("a fox that failed")
    third = await shelf.one("a whale", revised_prompt="a whale with a fox", targets=("tongyi/qwen",))
    await shelf.workspace.organiser.rate([first[0].id], 5)

    assert await runs(shelf) == [3, 2, 1]
    assert await runs(shelf, sort="oldest") == [1, 2, 3]
    assert await runs(shelf, text="fox") == [3, 2, 1]
    assert await runs(shelf, text="fox failed") == [2]
    assert await runs(shelf, text="qwen") == [3]
    assert await runs(shelf, states=("failed",)) == [2]
    assert await runs(shelf, states=("done",)) == [3, 1]
    assert await runs(shelf, providers=("demo", "tongyi")) == [3, 1]
    assert await runs(shelf, providers=("demo",), states=("failed",)) == []
    assert await runs(shelf, rating_min=5) == [1]
    assert await runs(shelf, cost_min=dollars("0.10")) == [1]
    assert await runs(shelf, since=third.created_at) == [3]
    assert await runs(shelf, runs=(RunId(2),)) == [2]
    (page,) = await shelf.workspace.library.runs(LibraryQuery(runs=(RunId(1),)))
    assert [image.id for image in page.images] == [image.id for image in first]
    assert [job.state for job in page.run.jobs] == [JobState.DONE, JobState.DONE]
    assert await shelf.workspace.library.run_position(RunId(9)) is None


async def test_facets_and_children(shelf: Shelf, clock: HandClock) -> None:
    await shelf.add(targets=("openai/a", "demo/b"))
    image = await shelf.one(targets=("demo/b",), content=picture(64, 36))
    await shelf.workspace.organiser.add_tags([image.id], ["sky"])
    facets: dict[Facet, list[tuple[str, int]]] = {
        "provider": [("demo", 2), ("openai", 1)],
        "model": [("b", 2), ("a", 1)],
        "tag": [("sky", 1)],
    }

    for field, values in facets.items():
        assert await shelf.workspace.library.facet(field) == values
    assert ("64x36", 1) in await shelf.workspace.library.facet("size")
    child = await shelf.workspace.journal.add_run(draft_run(clock, parent=image.run_id))
    assert await shelf.workspace.library.children(image.run_id) == [child.id]
