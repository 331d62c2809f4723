"""Wishes and the calls they become, for any provider."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from studio.domain.assets import AspectRatio, ReferenceImage, Size
from studio.domain.capability import Capability, ModelSpec, OptionSpec, ProviderSpec
from studio.domain.events import ImageArrived, ProviderEvent
from studio.domain.fit import Fitted, fit
from studio.domain.ports import Account, GenerateCall, ImageProvider
from studio.domain.request import GenerationRequest, Target
from studio.domain.values import BlobHash, CallId, OptionValue
from studio.providers.catalogue import load_catalogue
from tests.fakes.images import make_image

Options = dict[str, OptionValue]

CATALOGUE = Path(__file__).resolve().parents[2] / "resources" / "catalog"

_BLOBS: dict[str, bytes] = {}


@cache
def specs() -> Mapping[str, ProviderSpec]:
    return load_catalogue(CATALOGUE)


@cache
def reference(name: str, *, width: int = 640, height: int = 512, media: str = "png") -> ReferenceImage:
    """A reference whose bytes `read_reference` gives; large enough for every vendor."""
    content = make_image(width, height, name, format=media)
    blob = BlobHash(hashlib.sha256(content).hexdigest())
    _BLOBS[blob] = content
    return ReferenceImage.model_validate(
        {
            "blob": blob,
            "media_type": f"image/{media}",
            "width": width,
            "height": height,
            "size_bytes": len(content),
            "name": f"my secret {name}.{media}",
        }
    )


def content_of(wished: ReferenceImage) -> bytes:
    return _BLOBS[wished.blob]


async def read_reference(wished: ReferenceImage) -> bytes:
    return content_of(wished)


def references_of(count: int) -> tuple[ReferenceImage, ...]:
    """So many pictures, of each kind that every vendor takes."""
    return tuple(reference(f"picture {number}", media=("png", "jpeg", "webp")[number % 3]) for number in range(count))


def model_of(spec: ProviderSpec, model_id: str) -> ModelSpec:
    model = spec.model(model_id)
    assert model is not None
    return model


def plain_request(capability: Capability) -> GenerationRequest:
    """The least that this model can be asked."""
    references = tuple(reference(f"base {number}") for number in range(capability.references_min))
    return GenerationRequest(prompt="a red kite over a harbour", size=Size.of(1024, 1024), reference_image=references)


FIELD_SAMPLES: dict[str, dict[str, Any]] = {
    "prompt": {"prompt": "a blue kite"},
    "negative_prompt": {"negative_prompt": "birds, text"},
    "style": {"style": "woodcut"},
    "size": {"size": Size.of(1536, 1024)},
    "size, odd": {"size": Size.of(1001, 777)},
    "size, class": {"size": "2K"},
    "size, automatic": {"size": "auto"},
    "aspect_ratio": {"size": "auto", "aspect_ratio": AspectRatio(width=16, height=9)},
    "aspect_ratio, odd": {"size": "auto", "aspect_ratio": AspectRatio(width=17, height=3)},
    "aspect_ratio against size": {"aspect_ratio": AspectRatio(width=9, height=16)},
    "seed": {"seed": 4711},
    "seed, largest": {"seed": 2**32 - 1},
    "n": {"n": 3},
    "n, most": {"n": 16},
}
"""One change of the plain request for each field of the wish; the key begins with the field's name."""


def option_samples(option: OptionSpec) -> list[OptionValue]:
    """Values worth trying: every choice, both ends of a range."""
    match option.kind:
        case "choice":
            return [choice.value for choice in option.choices]
        case "boolean":
            return [True, False]
        case "integer":
            return [int(edge) for edge in (option.minimum, option.maximum) if edge is not None] or [1]
        case "number":
            return [edge for edge in (option.minimum, option.maximum) if edge is not None] or [0.5]
        case _:
            return ["https://hooks.example/done" if option.name.endswith("_url") else "gpt-5"]


def situation_for(model: ModelSpec, option: OptionSpec) -> tuple[Options, bool]:
    """Other options that let this one count, and whether reference images have to be there."""
    options: Options = {}
    has_references = model.capability.references_min > 0
    for condition in option.only_when:
        if condition.option == "references":
            has_references = "some" in condition.values
            continue
        needed = model.capability.option(condition.option)
        assert needed is not None
        if needed.default not in condition.values:
            options[condition.option] = condition.values[0]
        deeper, _ = situation_for(model, needed)
        options = {**deeper, **options}
    return options, has_references


def fitted(request: GenerationRequest, model: ModelSpec, provider_id: str, options: Options, today: date) -> Fitted:
    return fit(request, Target(provider=provider_id, model=model.id, options=options), model, today=today)


def calls_for(made: Fitted, model: ModelSpec, account: Account, options: Options) -> list[GenerateCall]:
    """The paid requests of a fitted wish, as the engine would make them."""
    calls, done = [], 0
    for index, count in enumerate(made.request.images_per_call):
        seed = made.request.seed
        calls.append(
            GenerateCall(
                call_id=CallId(f"1.1.{index}"),
                request=made.request,
                image_count=count,
                seed=None if seed is None else seed + done,
                model=model,
                target=Target(provider=account.provider, model=model.id, options=options),
                account=account,
                read_reference=read_reference,
            )
        )
        done += count
    return calls


async def wire_of(provider: ImageProvider, calls: list[GenerateCall]) -> list[dict[str, Any]]:
    """What would be sent, as plain values that can be compared."""
    return [(await provider.prepare(call)).model_dump(mode="json") for call in calls]


def images_made(events: list[ProviderEvent]) -> int:
    """How many images the library gets from it: a sheet is cut."""
    arrived = (event for event in events if isinstance(event, ImageArrived))
    return sum(event.split_columns * event.split_rows for event in arrived)


def images_in(events: list[ProviderEvent]) -> list[bytes]:
    arrived = sorted((event for event in events if isinstance(event, ImageArrived)), key=lambda event: event.index)
    return [event.content for event in arrived]
