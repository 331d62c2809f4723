"""The request to AceDataCloud: OpenAI's own shape for most models, the gateway's for nano-banana, always a task."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pybase64

from studio.domain.assets import EXTENSIONS
from studio.domain.ports import GenerateCall
from studio.domain.request import Target
from studio.domain.values import CallId
from studio.providers.messages import FormFile, FormText, Post

NANO = "nano-banana"
"""``capability.route`` of the models that have an endpoint of their own; all others take the OpenAI-like ones."""


async def post_of(call: GenerateCall) -> Post:
    """The whole paid request. Reads reference images."""
    if call.model.capability.route == NANO:
        return Post("/nano-banana/images", json_body=await _nano_body(call))
    body = _openai_body(call)
    if not call.request.reference_image:
        return Post("/openai/images/generations", json_body=body)
    texts = (FormText(name, "true" if value is True else str(value)) for name, value in body.items())
    return Post("/openai/images/edits", form=(*texts, *await _reference_files(call)))


def _openai_body(call: GenerateCall) -> dict[str, Any]:
    request = call.request
    body: dict[str, Any] = {"model": call.model.id, "prompt": request.prompt, "n": call.image_count}
    if request.size is not None:
        body["size"] = str(request.size)
    return {**body, **request.options, **_asynchronous(call)}


async def _nano_body(call: GenerateCall) -> dict[str, Any]:
    request = call.request
    body: dict[str, Any] = {
        "action": "edit" if request.reference_image else "generate",
        "model": call.model.id,
        "prompt": request.prompt,
        "count": call.image_count,
    }
    if request.aspect_ratio is not None:
        body["aspect_ratio"] = str(request.aspect_ratio)
    if request.size is not None:
        body["resolution"] = str(request.size)
    if request.reference_image:
        body["image_urls"] = [await _data_url(call, number) for number in range(len(request.reference_image))]
    return {**body, **request.options, **_asynchronous(call)}


def _asynchronous(call: GenerateCall) -> dict[str, Any]:
    return {"async": True, "trace_id": trace_id_of(call.call_id, call.target, call.request.prompt)}


def trace_id_of(call_id: CallId, target: Target, prompt: str) -> str:
    """The same for the same call, so that it can be worked out again after a crash and need not be kept."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"prompt-studio\n{call_id}\n{target.key}\n{prompt}"))


async def _data_url(call: GenerateCall, number: int) -> str:
    reference = call.request.reference_image[number]
    content = await call.read_reference(reference)
    encoded = await asyncio.to_thread(pybase64.b64encode_as_string, content)
    return f"data:{reference.media_type};base64,{encoded}"


async def _reference_files(call: GenerateCall) -> list[FormFile]:
    """All of them as ``image``. The user's own file names stay on his computer."""
    return [
        FormFile(
            name="image",
            file_name=f"image-{number}.{EXTENSIONS[reference.media_type]}",
            media_type=reference.media_type,
            content=await call.read_reference(reference),
            blob=reference.blob,
        )
        for number, reference in enumerate(call.request.reference_image, 1)
    ]
