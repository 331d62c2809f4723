"""GUI lag while eight streams bring 4K previews, the engine on the window's own loop and on a thread of its own; and
while six targets of six providers are under way at once (OpenAI streams previews, the others reply or are polled)."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

STREAMS = 8
SIX = {
    "openai": ("gpt-image-2", "OPENAI_API_KEY"),
    "tongyi": ("qwen-image-2.0", "DASHSCOPE_API_KEY"),
    "volcengine": ("", "ARK_API_KEY"),
    "gemini": ("gemini-3.1-flash-image", "GEMINI_API_KEY"),
    "acedata": ("gpt-image-2", "ACEDATACLOUD_API_TOKEN"),
    "midjourney": ("v7", "MIDJOURNEY_API_KEY"),
}
"""Provider -> (model, or empty for its first; variable of its key)."""
_SIX_RUNS = 4
TICK_S = 0.005


def measure() -> list[tuple[str, ...]]:
    """Lateness of a 5 ms timer of the window, p99 and worst, during the whole run; each mode in its own process."""
    rows: list[tuple[str, ...]] = []
    figures: dict[str, tuple[float, float]] = {}
    for mode in ("thread", "shared", "six"):
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
        if mode == "six":
            words = f"{images} calls of {len(SIX)} providers"
            figure = f"p99 {p99:.1f}, worst {worst:.1f} ms"
            rows.append(("GUI lag, six targets at once", figure, words, "target 16 and 50 ms"))
            continue
        figures[mode] = (p99, worst)
        name = "on a thread of its own" if mode == "thread" else "on the window's loop"
        words = f"{images} images of {STREAMS} streams"
        rows.append((f"GUI lag, engine {name}", f"p99 {p99:.1f}, worst {worst:.1f} ms", words, "target 16 and 50 ms"))
    if len(figures) == 2:
        ratio = figures["thread"][0] / max(figures["shared"][0], 0.1)
        rows.append(("GUI lag p99, thread against shared loop", f"{ratio:.2f}x", "", "below 1: the thread is better"))
    return rows


@contextmanager
def _fake_in_a_process(vendor: str = "openai") -> Iterator[tuple[str, str]]:
    """A strict fake with heavy results; in a process of its own, so that its work is not our lag."""
    command = [sys.executable, "-m", "tests.fakes", vendor, "--photo", "--print-key", "--latency", "0.3,0.3,0.3,0.3"]
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
    vendors = list(SIX) if mode == "six" else ["openai"]
    with ExitStack() as stack, loop:
        fakes = {vendor: stack.enter_context(_fake_in_a_process(vendor)) for vendor in vendors}
        os.environ |= {SIX[vendor][1]: key for vendor, (_, key) in fakes.items()}
        addresses = {vendor: base_url for vendor, (base_url, _) in fakes.items()}
        late: list[float] = []

        async def tick() -> None:
            while True:
                begun = time.perf_counter()
                await asyncio.sleep(TICK_S)
                late.append((time.perf_counter() - begun - TICK_S) * 1000)

        async def run() -> int:
            opener = partial(open_studio, workspace_folder=home / "workspace")
            if mode != "shared":
                host = StudioThread(opener)
                await asyncio.wrap_future(host.start())
                generate = _generate_six if mode == "six" else _generate
                images = await generate(host, addresses, tick, late)
                await asyncio.wrap_future(host.close())
                return images
            async with opener() as studio:
                return await _generate(SharedLoopHost(studio), addresses, tick, late)

        images = loop.run_until_complete(run())
    late.sort()
    print(json.dumps([late[int(len(late) * 0.99)], late[-1], images]))


async def _generate_six(host: Any, addresses: dict[str, str], tick: Any, late: list[float]) -> int:
    from studio.domain.assets import Size
    from studio.domain.request import GenerationRequest, Target

    specs = {spec.id: spec for spec in host.studio.specs}
    targets = []
    for vendor, base_url in addresses.items():
        host.studio.accounts.override_fields(vendor, base_url=base_url)
        options: dict[str, Any] = {"partial_images": 3, "quality": "low"} if vendor == "openai" else {}
        targets.append(Target(provider=vendor, model=SIX[vendor][0] or specs[vendor].models[0].id, options=options))

    async def work(studio: Any) -> list[Any]:
        runs = []
        for number in range(_SIX_RUNS):
            request = GenerationRequest(prompt=f"kite {number}", size=Size.of(1024, 1024))
            runs.append(await studio.engine.start(request, targets, over_budget_allowed=True))
        return [await studio.engine.wait(run.id) for run in runs]

    ticker = asyncio.ensure_future(tick())
    await asyncio.sleep(0.5)
    late.clear()
    runs = await asyncio.wrap_future(host.submit(work))
    ticker.cancel()
    calls = [(job.target.provider, call) for run in runs for job in run.jobs for call in job.calls]
    failed = sorted({f"{vendor}: {call.problem}" for vendor, call in calls if call.state != "done"})
    if failed:
        raise RuntimeError("; ".join(failed))
    return len(calls)


async def _generate(host: Any, addresses: dict[str, str], tick: Any, late: list[float]) -> int:
    from studio.domain.assets import Size
    from studio.domain.request import GenerationRequest, Target

    host.studio.accounts.override_fields("openai", base_url=addresses["openai"])
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
