"""The cache of thumbnails keeps to its limit and lets go of what was not used for longest."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.storage import Workspace
from studio.storage.cache_limit import LEAST_LIMIT_BYTES, USED_EVERY_S, CacheLimit
from tests.unit.storage.conftest import OpenWorkspace
from tests.unit.storage.material import HandClock, picture
from tests.unit.storage.test_thumbnails import save

TEN_MB = 10_000_000
DAY_S = 24 * 3600


def fill(folder: Path, count: int) -> list[Path]:
    """Sparse files of 10 MB, the first used longest ago."""
    paths = []
    for number in range(count):
        path = folder / "512" / f"{number % 3:02}" / f"{number}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(TEN_MB)
        used = time.time() - (count - number) * DAY_S
        os.utime(path, (used, used))
        paths.append(path)
    return paths


def at_once(work: Callable[[], object]) -> object:
    return work()


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    paths = fill(tmp_path, 12)
    limit = CacheLimit(tmp_path, 10 * TEN_MB, at_once)

    assert limit.trim() == (3, 3 * TEN_MB)
    assert [path.exists() for path in paths] == [False] * 3 + [True] * 9
    assert limit.trim() == (0, 0)


def test_a_use_keeps_a_file_and_is_noted_once_a_day(tmp_path: Path) -> None:
    paths = fill(tmp_path, 12)
    limit = CacheLimit(tmp_path, 10 * TEN_MB, at_once)

    limit.used(paths[0], paths[0].stat().st_mtime)
    limit.trim()

    assert paths[0].exists()
    fresh = paths[-1]
    noted = time.time() - USED_EVERY_S / 2
    os.utime(fresh, (noted, noted))
    limit.used(fresh, noted)
    assert fresh.stat().st_mtime == pytest.approx(noted, abs=1)


def test_the_first_file_and_then_a_share_of_the_limit_make_it_count(tmp_path: Path) -> None:
    paths = fill(tmp_path, 12)
    limit = CacheLimit(tmp_path, 10 * TEN_MB, at_once)

    limit.written(1)
    assert not paths[0].exists()
    more = fill(tmp_path / "more", 5)
    limit.written(1_000)
    assert all(path.exists() for path in more)
    limit.written(3_000_000)
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.jpg")) <= 10 * TEN_MB


def test_a_smaller_limit_is_kept_at_once_and_never_below_the_least(tmp_path: Path) -> None:
    paths = fill(tmp_path, 12)
    limit = CacheLimit(tmp_path, 20 * TEN_MB, at_once)

    limit.change(1)

    assert limit.limit_bytes == LEAST_LIMIT_BYTES
    assert sum(path.exists() for path in paths) == 4


def test_links_are_left_alone(tmp_path: Path) -> None:
    original = tmp_path / "original.png"
    original.write_bytes(bytes(1_000))
    cache = tmp_path / "cache"
    paths = fill(cache, 12)
    (cache / "link.jpg").symlink_to(original)
    (cache / "folder").symlink_to(tmp_path, target_is_directory=True)

    CacheLimit(cache, 5 * TEN_MB, at_once).trim()

    assert original.exists()
    assert (cache / "link.jpg").is_symlink()
    assert not paths[0].exists()


async def test_originals_stay_and_a_thumbnail_that_went_is_made_again(
    workspace: Workspace, open_again: OpenWorkspace, clock: HandClock, tmp_path: Path
) -> None:
    image = await save(workspace, clock, picture(900, 700, marks=3))
    path = await workspace.archive.thumbnail_path(image.blob, 512)
    long_ago = time.time() - 900 * DAY_S
    os.utime(path, (long_ago, long_ago))
    fill(tmp_path / "cache" / "thumbnails", 6)

    workspace.change_thumbnails_limit(LEAST_LIMIT_BYTES)
    async with asyncio.timeout(60):
        while await asyncio.to_thread(path.exists):  # noqa: ASYNC110  # a worker removes it in the background
            await asyncio.sleep(0.01)
    await workspace.close()

    assert (workspace.folder.root / image.path).is_file()
    again = await open_again()
    assert (await again.archive.thumbnail_path(image.blob, 512)).is_file()
