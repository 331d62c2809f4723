"""What the official `volcenginesdkarkruntime` sends for a wish: the yardstick for our own adapter's bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.fakes.faults import Answer
from tests.fakes.messages import JsonValue, RecordedRequest, json_reply
from tests.fakes.server import FakeServer


@dataclass(frozen=True, slots=True)
class SdkWish:
    """A wish in the API's own words. `fields`: API fields by name; nested ones as plain objects.

    The package has no `background`: it goes through its `extra_body`."""

    model: str
    prompt: str
    fields: Mapping[str, JsonValue] = field(default_factory=dict)


def call_sdk(wish: SdkWish, api_key: str, base_url: str) -> Any:
    """Send the wish without the package's repeats; a stream is read to its end and returned as a list of events."""
    from volcenginesdkarkruntime import Ark
    from volcenginesdkarkruntime.types.images import (
        ContentGenerationTool,
        OptimizePromptOptions,
        SequentialImageGenerationOptions,
    )

    arguments = dict(wish.fields)
    nested = {
        "optimize_prompt_options": OptimizePromptOptions,
        "sequential_image_generation_options": SequentialImageGenerationOptions,
    }
    for name, kind in nested.items():
        if name in arguments:
            arguments[name] = kind(**arguments[name])
    if "tools" in arguments:
        arguments["tools"] = [ContentGenerationTool(**tool) for tool in arguments["tools"]]
    extra = {name: arguments.pop(name) for name in ("background", "negative_prompt") if name in arguments}
    with (
        httpx.Client(trust_env=False, timeout=60) as transport,
        Ark(api_key=api_key, base_url=base_url, max_retries=0, http_client=transport) as client,
    ):
        answer: Any = client.images.generate(
            model=wish.model, prompt=wish.prompt, extra_body=extra or None, **arguments
        )
        return list(answer) if arguments.get("stream") else answer


def sdk_request(wish: SdkWish) -> RecordedRequest:
    """The one request that the package sends for the wish, byte for byte; nothing judges it on the way.

    The package writes every field that was not given as null: compare without nulls."""
    with FakeServer() as server:
        server.script(Answer(json_reply({"model": wish.model, "created": 1, "data": [], "usage": {}})))
        call_sdk(wish, "recorder-key", server.origin + "/api/v3")
        (request,) = server.requests
        return request
