"""From the last byte of a reply to a safe file, against a plain read, decode and write; CPU against another client."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

ROUNDS = 9


def measure() -> list[tuple[str, ...]]:
    """Medians for a 4K PNG of about 10 MB."""
    content = _picture()
    reply = json.dumps({"created": 1, "data": [{"b64_json": base64.b64encode(content).decode()}]}).encode()
    with tempfile.TemporaryDirectory() as folder:
        floor = statistics.median(_floor(reply, Path(folder), number) for number in range(ROUNDS))
        ours = asyncio.run(_ours(reply, Path(folder) / "workspace"))
    cpu_ours, cpu_package = _cpu_ours(reply), _cpu_package(reply)
    megabytes = len(content) / 1e6
    return [
        (
            "last byte to safe file",
            f"{ours:.0f} ms",
            f"{floor:.0f} ms plain, {megabytes:.0f} MB",
            f"{ours / floor:.2f}x, target 1.2x",
        ),
        (
            "CPU to decode one reply",
            f"{cpu_ours:.0f} ms",
            f"{cpu_package:.0f} ms openai package",
            f"{cpu_ours / cpu_package:.2f}x, target 0.5x",
        ),
    ]


def _picture() -> bytes:
    """A noisy PNG of about 11 MB, as large as a photograph of 4K."""
    out = io.BytesIO()
    Image.effect_noise((2560, 1440), 60).convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


def _floor(reply: bytes, folder: Path, number: int) -> float:
    import pybase64

    begun = time.perf_counter()
    text = json.loads(reply)["data"][0]["b64_json"]
    content = pybase64.b64decode(text)
    with (folder / f"plain-{number}").open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return (time.perf_counter() - begun) * 1000


async def _ours(reply: bytes, folder: Path) -> float:
    """Decode as the adapter does, save as the engine does, for a run that is in the journal."""
    from studio.bootstrap import open_studio
    from studio.domain.assets import Size
    from studio.domain.events import ImageArrived
    from studio.domain.request import GenerationRequest, Target
    from studio.providers.decoding import decoded_base64

    async with open_studio(workspace_folder=folder) as studio:
        target = Target(provider="demo", model="demo-painter", options={"pace": "instant"})
        started = await studio.engine.start(GenerationRequest(prompt="bench", size=Size.of(64, 64)), [target])
        run = await studio.engine.wait(started.id)
        job = run.jobs[0]
        figures = []
        for number in range(ROUNDS):
            begun = time.perf_counter()
            text = json.loads(reply)["data"][0]["b64_json"]
            content = await decoded_base64(text)
            await studio.workspace.archive.save_image(
                run, job, job.calls[0], ImageArrived(index=number + 1, content=content)
            )
            figures.append((time.perf_counter() - begun) * 1000)
            await asyncio.sleep(1)  # thumbnails of this one shall not compete with the next
    return statistics.median(figures)


def _cpu_ours(reply: bytes) -> float:
    import pybase64
    from pydantic import BaseModel

    class Item(BaseModel):
        b64_json: str

    class Reply(BaseModel):
        data: list[Item]

    def once() -> None:
        pybase64.b64decode(Reply.model_validate_json(reply).data[0].b64_json)

    return _cpu(once)


def _cpu_package(reply: bytes) -> float:
    from openai.types import ImagesResponse

    def once() -> None:
        found = ImagesResponse.construct(**json.loads(reply))
        base64.b64decode(found.data[0].b64_json)  # type: ignore[index,arg-type]  # there is one image

    return _cpu(once)


def _cpu(once: Callable[[], None]) -> float:
    once()
    figures = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        once()
        figures.append((time.process_time() - begun) * 1000)
    return statistics.median(figures)
