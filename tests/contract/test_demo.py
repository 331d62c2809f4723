"""Demo keeps its own promises: the same wish gives the same picture, and every failure on request is the real one."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio.config.paths import program_folder
from studio.domain import errors
from studio.domain.assets import ReferenceImage, Size
from studio.domain.events import Accepted, ImageArrived, ImageFailed, PartialImage, Progressed, ProviderEvent
from studio.domain.ports import Account, CancelOutcome, GenerateCall
from studio.domain.request import FittedRequest, Target
from studio.domain.values import CallId
from studio.providers.catalogue import read_provider
from studio.providers.demo import FAILURES, DemoProvider

SPEC = read_provider(program_folder("resources") / "catalog" / "demo.toml")
INSTANT = Account("main", "demo", fields={"pace": "instant"})


def call(
    prompt: str, model_id: str = "demo-painter", *, images: int = 1, seed: int | None = 7, **fields: Any
) -> GenerateCall:
    model = SPEC.model(model_id)
    assert model is not None
    request = FittedRequest(prompt=prompt, size=Size.of(128, 96), images_per_call=(images,), seed=seed, **fields)

    async def read(_reference: ReferenceImage) -> bytes:
        out = io.BytesIO()
        Image.new("RGB", (64, 64), (240, 20, 20)).save(out, "PNG")
        return out.getvalue()

    return GenerateCall(
        call_id=CallId("1.1.0"),
        request=request,
        image_count=images,
        seed=seed,
        model=model,
        target=Target(provider="demo", model=model_id),
        account=INSTANT,
        read_reference=read,
    )


async def events_of(stream: AsyncIterator[ProviderEvent]) -> list[ProviderEvent]:
    return [event async for event in stream]


def images_in(events: list[ProviderEvent]) -> list[ImageArrived]:
    return [event for event in events if isinstance(event, ImageArrived)]


async def test_the_same_wish_gives_the_same_bytes_and_another_seed_does_not() -> None:
    demo = DemoProvider(SPEC)
    first = images_in(await events_of(demo.generate(call("two pears"))))
    second = images_in(await events_of(demo.generate(call("two pears"))))
    other = images_in(await events_of(demo.generate(call("two pears", seed=8))))
    assert first[0].content == second[0].content
    assert first[0].content != other[0].content


async def test_several_images_have_following_seeds_and_say_so() -> None:
    events = await events_of(DemoProvider(SPEC).generate(call("lake", images=3, seed=2**32 - 2)))
    assert [image.seed for image in images_in(events)] == [2**32 - 2, 2**32 - 1, 0]


async def test_size_format_and_honest_label_are_in_the_file() -> None:
    events = await events_of(DemoProvider(SPEC).generate(call("lake", options={"output_format": "png"})))
    with Image.open(io.BytesIO(images_in(events)[0].content)) as image:
        assert image.size == (128, 96)
        assert image.format == "PNG"
        assert "Demo" in str(image.text["Software"])  # type: ignore[attr-defined]  # PNG images have text


async def test_previews_are_complete_images_that_get_sharper_in_order() -> None:
    events = await events_of(DemoProvider(SPEC).generate(call("lake", options={"partial_images": 3})))
    partials = [event for event in events if isinstance(event, PartialImage)]
    assert [(partial.step, partial.steps) for partial in partials] == [(1, 3), (2, 3), (3, 3)]
    for partial in partials:
        with Image.open(io.BytesIO(partial.content)) as image:
            image.load()
            assert image.size == (128, 96)


async def test_the_asynchronous_model_gives_its_ticket_first_and_resumes_to_the_same_picture() -> None:
    demo = DemoProvider(SPEC)
    events = await events_of(demo.generate(call("lake", "demo-poster")))
    kinds = [event.kind for event in events]
    assert kinds.index("accepted") < kinds.index("progressed")
    ticket = next(event.ticket for event in events if isinstance(event, Accepted))
    assert any(isinstance(event, Progressed) and event.fraction is not None for event in events)
    resumed = await events_of(DemoProvider(SPEC).resume(ticket, INSTANT))
    assert images_in(resumed)[0].content == images_in(events)[0].content


async def test_references_change_the_palette() -> None:
    red = ReferenceImage(blob="0" * 64, media_type="image/png", width=64, height=64, size_bytes=1)  # type: ignore[arg-type]  # a hash is a str
    plain = images_in(await events_of(DemoProvider(SPEC).generate(call("lake"))))[0]
    tinted = images_in(await events_of(DemoProvider(SPEC).generate(call("lake", reference_image=(red,)))))[0]

    def redness(content: bytes) -> float:
        with Image.open(io.BytesIO(content)) as image:
            r, _g, b = image.convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]  # three bands
            return float(r) - float(b)

    assert redness(tinted.content) > redness(plain.content) + 15


@pytest.mark.parametrize("word", sorted(set(FAILURES) - {"429", "500"}))
async def test_each_failure_on_request_is_the_class_it_plays(word: str) -> None:
    expected = type(FAILURES[word]())
    with pytest.raises(expected):
        await events_of(DemoProvider(SPEC).generate(call(f"lake [[fail:{word}]]")))


@pytest.mark.parametrize(("word", "refusals"), [("429", 2), ("500", 1)])
async def test_passing_failures_let_a_later_try_through(word: str, refusals: int) -> None:
    demo, wish = DemoProvider(SPEC), call(f"lake [[fail:{word}]]")
    for _ in range(refusals):
        with pytest.raises(errors.ProviderError):
            await events_of(demo.generate(wish))
    assert images_in(await events_of(demo.generate(wish)))


async def test_one_of_several_fails_and_the_others_come() -> None:
    events = await events_of(DemoProvider(SPEC).generate(call("lake [[fail:one]]", images=3)))
    assert len(images_in(events)) == 2
    assert [event.index for event in events if isinstance(event, ImageFailed)] == [2]


async def test_a_cut_off_image_does_not_decode() -> None:
    events = await events_of(DemoProvider(SPEC).generate(call("lake [[fail:broken]]")))
    image = Image.open(io.BytesIO(images_in(events)[0].content))
    with pytest.raises(OSError, match="truncated"):
        image.load()


async def test_cancel_stops_a_slow_task() -> None:
    demo = DemoProvider(SPEC)

    async def begin_and_cancel() -> None:
        async for event in demo.generate(call("lake [[slow:1]]", "demo-poster")):
            if isinstance(event, Accepted):
                assert await demo.cancel(event.ticket, INSTANT) is CancelOutcome.CANCELLED

    with pytest.raises(errors.Cancelled):
        await begin_and_cancel()


def test_the_page_names_every_failure_and_every_model() -> None:
    page = Path(program_folder("references") / "demo.md").read_text(encoding="utf-8")
    for word in [*FAILURES, "broken", "link", "one"]:
        assert f"`[[fail:{word}]]`" in page
    for model in SPEC.models:
        assert f"`{model.id}`" in page
