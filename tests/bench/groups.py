"""The library in groups and in stacks, in a real database of 100 000 images in 20 000 runs.

Baseline of the group tables and pages: the plain count and the plain page of the same library. While the search for
near-duplicates works on a thread, the turns of a loop beside it are timed, as the window's would be."""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import apsw

from studio.bootstrap import LibraryQuery
from studio.domain.assets import ImageFacts
from studio.storage.database import Database
from studio.storage.exchange_rates import Rates
from studio.storage.library import Library
from studio.storage.looks import Colour, hash_parts, to_signed
from studio.storage.migrations import migrate
from studio.storage.moments import first_image_id, to_stored

IMAGES, RUNS = 100_000, 20_000
_PAGE = 120
_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
_STEPS = 60


def _fill(db: apsw.Connection) -> None:
    dice = random.Random(5)
    facts = ImageFacts(media_type="image/png", width=1024, height=1024, size_bytes=1_000_000).model_dump_json()
    db.execute("BEGIN")
    db.execute("INSERT INTO prompts VALUES (1, 'a prompt', x'00', 0, 0, 1)")
    for run in range(1, RUNS + 1):
        columns = "id, created_at, origin, prompt_id, value"
        db.execute(f"INSERT INTO runs ({columns}) VALUES (?, ?, 'window', 1, '{{}}')", (run, run))
        job = (f"{run}.1", run)
        db.execute("INSERT INTO jobs VALUES (?, ?, 1, 'demo', 'painter', 'done', 'f', NULL, '{}')", job)
    hashes: list[int] = []
    for number in range(1, IMAGES + 1):
        alike = number % 10 == 0
        look = dice.choice(hashes) ^ (1 << dice.randrange(64)) if alike else dice.getrandbits(64)
        hashes.append(look)
        colour = Colour(50, 0, 0).packed
        db.execute(
            "INSERT INTO files (id, path, blob, size_bytes, facts, look_hash, look_colour, look_state)"
            " VALUES (?, ?, ?, 1000000, ?, ?, ?, 1)",
            (number, f"output/images/{number}.png", f"{number:064x}", facts, to_signed(look), colour),
        )
        db.executemany("INSERT INTO look_parts VALUES (?, ?)", [(part, number) for part in hash_parts(look)])
        at = _BEGIN + timedelta(minutes=5 * number)
        run = (number - 1) * RUNS // IMAGES + 1
        provider = ("demo", "gemini", "openai", "tongyi")[run % 4]
        db.execute(
            "INSERT INTO images (id, run_id, job_id, call_id, position, file_id, prompt_id, provider, model, width,"
            " height, rating, created_at) VALUES (?, ?, ?, 'c', 0, ?, 1, ?, 'model', 1024, 1024, ?, ?)",
            (first_image_id(at) + 1, run, f"{run}.1", number, provider, number % 6, to_stored(at)),
        )
    db.execute("INSERT INTO image_words (image_id) SELECT id FROM images")
    db.execute("COMMIT")


async def _p95(work: Callable[[], Awaitable[Any]]) -> float:
    times = []
    for _ in range(_STEPS):
        begun = perf_counter()
        await work()
        times.append(perf_counter() - begun)
    return statistics.quantiles(times, n=20)[-1] * 1000


async def _lists(library: Library) -> list[tuple[str, ...]]:
    dice = random.Random(3)

    def page(query: LibraryQuery) -> Callable[[], Awaitable[Any]]:
        return lambda: library.page(query, dice.randrange(IMAGES), _PAGE)

    count, plain = await _p95(library.count), await _p95(page(LibraryQuery()))
    rows: list[tuple[str, ...]] = []
    for group in ("run", "day", "provider"):
        query = LibraryQuery(group=group)
        table, found = await _p95(lambda: library.groups(query)), await _p95(page(query))  # noqa: B023  # awaited at once
        groups = len(await library.groups(query))
        words = f"by {group}, {groups} groups"
        rows.append((f"{words}: the table, p95", f"{table:.1f} ms", f"{count:.1f} ms", f"{table / count:.1f}x"))
        rows.append((f"{words}: a page anywhere, p95", f"{found:.1f} ms", f"{plain:.1f} ms", f"{found / plain:.1f}x"))
    return rows


def _beside(library: Library) -> tuple[float, float, list[float], int]:
    """Search on a thread of its own, as the studio's; seconds, seconds of a second time, turns of this one, stacks."""
    outcome: list[Any] = []

    async def search() -> None:
        for _ in range(2):
            begun = perf_counter()
            stacks = (await library.stacked(LibraryQuery())).stacks
            outcome.append((perf_counter() - begun, len(stacks)))

    thread = threading.Thread(target=lambda: asyncio.run(search()))
    thread.start()
    turns = []
    while thread.is_alive():
        begun = perf_counter()
        sum(range(2_000))  # as much as painting a few cells
        turns.append(perf_counter() - begun)
        thread.join(0.004)
    (first, count), (again, _) = outcome
    return first, again, turns, count


def measure() -> list[tuple[str, ...]]:
    """The figures of this file for the table of `tests.bench`."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "studio.db"
        db = apsw.Connection(str(path))
        migrate(db, path, _BEGIN)
        _fill(db)
        db.close()
        database = Database(path, lambda _records: None)
        library = Library(database, Rates({}))
        rows = asyncio.run(_lists(library))
        first, again, turns, stacks = _beside(library)
        database.close(3)
    slow = statistics.quantiles(turns, n=100)[-1] * 1000
    idle = []
    for _ in range(500):
        begun = perf_counter()
        sum(range(2_000))
        idle.append(perf_counter() - begun)
    usual = statistics.quantiles(idle, n=100)[-1] * 1000
    rows.append((f"near-duplicates, {stacks} stacks: the first search", f"{first:.1f} s", "", "in slices of 1 ms"))
    rows.append(("near-duplicates: the list once they are known", f"{again * 1000:.0f} ms", "", ""))
    rows.append(("a turn of the window meanwhile, p99", f"{slow:.2f} ms", f"{usual:.2f} ms", "<= 5 ms"))
    return rows
