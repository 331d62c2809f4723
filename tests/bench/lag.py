"""GUI lag while eight streams bring 4K previews: the engine on the window's own loop, and on a thread of its own."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

STREAMS = 8
TICK_S = 0.005


def measure() -> list[tuple[str, ...]]:
    """Lateness of a 5 ms timer of the window, p99 and worst, during the whole run; each mode in its own process."""
    rows: list[tuple[str, ...]] = []
    figures: dict[str, tuple[float, float]] = {}
    for mode in ("thread", "shared"):
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": "offscreen"}
            done = subprocess.run(
                [sys.executable, "-m", "tests.bench.lag", mode, home],
                capture_output=True,
                text=True,
                env=environment,
                check=False,
            )
        if done.returncode:
            rows.append((f"GUI lag, engine {mode}", "failed", done.stderr.strip().splitlines()[-1][:80], ""))
            continue
        p99, worst, images = json.loads(done.stdout.splitlines()[-1])
        figures[mode] = (p99, worst)
        name = "on a thread of its own" if mode == "thread" else "on the window's loop"
        words = f"{images} images of {STREAMS} streams"
        rows.append((f"GUI lag, engine {name}", f"p99 {p99:.1f}, worst {worst:.1f} ms", words, "target 16 and 50 ms"))
    if len(figures) == 2:
        ratio = figures["thread"][0] / max(figures["shared"][0], 0.1)
        rows.append(("GUI lag p99, thread against shared loop", f"{ratio:.2f}x", "", "below 1: the thread is better"))
    return rows


@contextmanager
def _fake_in_a_process() -> Iterator[tuple[str, str]]:
    """A strict fake of OpenAI with heavy results; in a process of its own, so that its work is not our lag."""
    command = [sys.executable, "-m", "tests.fakes", "openai", "--photo", "--print-key", "--latency", "0.3,0.3,0.3,0.3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as fake:
        if fake.stdout is None:
            raise RuntimeError("the fake has no output")
        try:
            yield fake.stdout.readline().strip(), fake.stdout.readline().strip()
        finally:
            fake.terminate()


def _work(mode: str, home: Path) -> None:
    import qasync
    from PySide6.QtWidgets import QApplication

    from studio.bootstrap import SharedLoopHost, StudioThread, open_studio

    app = QApplication([])
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with _fake_in_a_process() as (base_url, key), loop:
        os.environ["OPENAI_API_KEY"] = key
        late: list[float] = []

        async def tick() -> None:
            while True:
                begun = time.perf_counter()
                await asyncio.sleep(TICK_S)
                late.append((time.perf_counter() - begun - TICK_S) * 1000)

        async def run() -> int:
            opener = partial(open_studio, workspace_folder=home / "workspace")
            if mode == "thread":
                host = StudioThread(opener)
                await asyncio.wrap_future(host.start())
                images = await _generate(host, base_url, tick, late)
                await asyncio.wrap_future(host.close())
                return images
            async with opener() as studio:
                return await _generate(SharedLoopHost(studio), base_url, tick, late)

        images = loop.run_until_complete(run())
    late.sort()
    print(json.dumps([late[int(len(late) * 0.99)], late[-1], images]))


async def _generate(host: Any, base_url: str, tick: Any, late: list[float]) -> int:
    from studio.domain.assets import Size
    from studio.domain.request import GenerationRequest, Target

    host.studio.accounts.override_fields("openai", base_url=base_url)
    request = GenerationRequest(prompt="kite", size=Size.of(3840, 2160), n=STREAMS)
    target = Target(provider="openai", model="gpt-image-2", options={"partial_images": 3, "quality": "low"})

    async def work(studio: Any) -> Any:
        run = await studio.engine.start(request, [target], over_budget_allowed=True)
        return await studio.engine.wait(run.id)

    ticker = asyncio.ensure_future(tick())
    await asyncio.sleep(0.5)
    late.clear()
    run = await asyncio.wrap_future(host.submit(work))
    ticker.cancel()
    return sum(call.state == "done" for job in run.jobs for call in job.calls)


if __name__ == "__main__":
    _work(sys.argv[1], Path(sys.argv[2]))
