"""The request to DashScope: each family of models takes prompt, references and settings in places of its own."""

from __future__ import annotations

import asyncio
from typing import Any

import pybase64

from studio.domain.assets import Size
from studio.domain.ports import GenerateCall
from studio.providers.messages import Post

_SERVICES = "/services/aigc/"
_PATHS = {
    "messages": "multimodal-generation/generation",
    "messages task": "image-generation/generation",
    "prompt task": "text2image/image-synthesis",
    "edit task": "image2image/image-synthesis",
    "function task": "image2image/image-synthesis",
    "repaint task": "image-generation/generation",
}
"""By ``capability.route``: where a model's requests go."""

_INPUT_OPTIONS = frozenset({"function", "style_index"})
"""Options that stand in ``input``, all others in ``parameters``."""


async def post_of(call: GenerateCall) -> Post:
    """The whole paid request. Reads reference images."""
    route = call.model.capability.route
    given, parameters = await _input(call), _parameters(call)
    body: dict[str, Any] = {"model": call.model.id, "input": given}
    if parameters:
        body["parameters"] = parameters
    headers = {} if route == "messages" else {"X-DashScope-Async": "enable"}
    return Post(_SERVICES + _PATHS[route], json_body=body, headers=headers)


async def _input(call: GenerateCall) -> dict[str, Any]:
    """What stands in ``input``. The negative prompt is here for the prompt forms, among the parameters for messages."""
    request, options, route = call.request, call.request.options, call.model.capability.route
    images = [await _data_url(call, number) for number in range(len(request.reference_image))]
    if route.startswith("messages"):
        content = [*({"image": image} for image in images), {"text": request.prompt}]
        return {"messages": [{"role": "user", "content": content}]}
    if route == "repaint task":
        return {"image_url": images[0], "style_index": options["style_index"]}
    given: dict[str, Any] = {"prompt": request.prompt}
    if request.negative_prompt:
        given["negative_prompt"] = request.negative_prompt
    if route == "function task":
        given |= {"function": options["function"], "base_image_url": images[0]}
    elif route == "edit task":
        given["images"] = images
    elif images:
        given["ref_img"] = images[0]
    return given


def _parameters(call: GenerateCall) -> dict[str, Any]:
    """``n``, ``size`` and ``watermark`` are always there: their defaults differ by model, and a missing ``n`` may be
    billed as four."""
    request, capability = call.request, call.model.capability
    if capability.route == "repaint task":
        return {}
    parameters: dict[str, Any] = {"n": call.image_count}
    if request.size is not None:
        parameters["size"] = str(request.size).replace("x", "*") if isinstance(request.size, Size) else request.size
    if call.seed is not None:
        parameters["seed"] = call.seed
    if request.negative_prompt and capability.route.startswith("messages"):
        parameters["negative_prompt"] = request.negative_prompt
    if call.model.id.startswith("wan2.6-image"):
        parameters["enable_interleave"] = False  # an edit, not a story in words and up to five pictures
    for name, value in request.options.items():
        option = capability.option(name)
        if option is not None and name not in _INPUT_OPTIONS:
            parameters[option.wire_name or name] = value
    return parameters


async def _data_url(call: GenerateCall, number: int) -> str:
    reference = call.request.reference_image[number]
    content = await call.read_reference(reference)
    encoded = await asyncio.to_thread(pybase64.b64encode_as_string, content)
    return f"data:{reference.media_type};base64,{encoded}"
