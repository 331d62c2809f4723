"""The library in groups: their order, their counts, their place in every sort."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, get_args

import pytest

from studio.domain.jobs import ImageRecord
from studio.domain.values import ImageId
from studio.storage import Group, GroupCount, LibraryQuery, Sort, Workspace, day_of_key
from studio.storage.database import connect
from studio.storage.exchange_rates import Rates
from studio.storage.grouping import group_column
from studio.storage.migrations import migrate
from studio.storage.query import Selection
from tests.unit.storage.material import HandClock
from tests.unit.storage.shelf import Shelf


@pytest.fixture
def shelf(workspace: Workspace, clock: HandClock) -> Shelf:
    return Shelf(workspace, clock)


@pytest.fixture(params=["CST-8", "EST5EDT,M3.2.0,M11.1.0"])
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """Spelled so that a machine without a time zone database knows them; the second has summer time."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


async def grouped(shelf: Shelf, **asked: Any) -> list[tuple[int | str, list[ImageId]]]:
    """The groups with their images, after proving that list, pages, counts and places agree."""
    query = LibraryQuery(**asked)
    library = shelf.workspace.library
    ids = await library.ids(query)
    groups = await library.groups(query)
    assert sum(group.images for group in groups) == len(ids) == await library.count(query)
    assert [await library.position_of(one, query) for one in ids] == list(range(len(ids)))
    found, begin = [], 0
    for key, count, images in groups:
        assert count == images
        found.append((key, ids[begin : begin + count]))
        begin += count
    return found


def key_of(image: ImageRecord, group: Group) -> int | str:
    if group == "run":
        return image.run_id
    if group == "provider":
        return image.provider
    return (image.created_at.astimezone().date() - date(2000, 1, 1)).days


@pytest.mark.parametrize("sort", [sort for sort in get_args(Sort) if sort != "similarity"])
@pytest.mark.parametrize("text", ["", "harbour"])
@pytest.mark.parametrize("group", [group for group in get_args(Group) if group])
async def test_groups_hold_together_in_every_order(
    sort: Sort, text: str, group: Group, zone: str, shelf: Shelf
) -> None:
    for number, hours in enumerate((0, 3, 20, 1, 700)):
        shelf.clock.advance(hours=hours)
        images = await shelf.add("a harbour", targets=("openai/b", "demo/a", "openai/a"))
        for image in images[: number % 3]:
            await shelf.workspace.organiser.rate([image.id], (number * 2 + image.id) % 6)

    groups = await grouped(shelf, sort=sort, text=text, group=group)
    plain = await shelf.workspace.library.ids(LibraryQuery(sort=sort, text=text))

    keys = [key for key, _ in groups]
    assert keys == sorted(set(keys), reverse=group != "provider" and sort != "oldest")
    shown = {image.id: image for image in await shelf.workspace.library.images(plain)}
    for key, ids in groups:
        assert {key_of(shown[one], group) for one in ids} == {key}
        if group != "provider" or sort != "model":  # within one provider both mean the same
            assert ids == [one for one in plain if one in ids], f"the order inside group {key}"


async def test_filters_count_in_groups_and_empty_ones_are_gone(shelf: Shelf) -> None:
    first = await shelf.add(targets=("openai/a", "demo/a"))
    second = await shelf.add(targets=("demo/a",))
    thrown = await shelf.one()
    await shelf.workspace.organiser.trash([thrown.id])

    assert await shelf.workspace.library.groups(LibraryQuery(group="run")) == [
        GroupCount(second[0].run_id, 1, 1),
        GroupCount(first[0].run_id, 2, 2),
    ]
    assert await grouped(shelf, group="run", providers=("openai",)) == [(first[0].run_id, [first[0].id])]
    assert [key for key, _ in await grouped(shelf, group="provider")] == ["demo", "openai"]
    assert await grouped(shelf, group="day", rating_min=5) == []


async def test_a_day_is_one_of_the_calendar_here(zone: str, shelf: Shelf) -> None:
    """Two images around midnight of the place, on days on both sides of a change to summer time."""
    days = []
    for month in (2, 7, 11):
        for hour, minute in ((0, 1), (23, 59)):
            shelf.clock.set(datetime(2026, month, 15, hour, minute).astimezone(UTC))
            days.append(shelf.clock.now().astimezone().date())
            await shelf.one()
            days[-1] = shelf.clock.now().astimezone().date()

    groups = await shelf.workspace.library.groups(LibraryQuery(group="day"))

    assert [day_of_key(int(key)) for key, *_ in groups] == [day for day, _ in groupby(sorted(days, reverse=True))]
    assert sum(group.images for group in groups) == 6


@pytest.mark.parametrize(
    ("group", "index"),
    [("run", "images_grouped_by_run"), ("provider", "images_grouped_by_provider"), ("day", "images_listed")],
)
def test_the_whole_library_in_groups_is_read_in_the_order_of_an_index(group: Group, index: str, tmp_path: Path) -> None:
    db = connect(tmp_path / "studio.db")
    migrate(db, tmp_path / "studio.db", datetime(2026, 1, 1, tzinfo=UTC))
    selection = Selection(LibraryQuery(group=group), Rates({}), None, group_column(db, group))
    plans = []
    for sql, values in (selection.ids(90_000, 120), selection.groups()):
        plans.append([step[3] for step in db.execute(f"EXPLAIN QUERY PLAN {sql}", values)])
    db.close()

    assert plans[0] == [f"SCAN i USING INDEX {index}"], "no sorting"
    assert plans[1][0] == f"SCAN i USING INDEX {index}"
