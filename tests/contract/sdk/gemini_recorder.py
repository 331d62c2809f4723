"""What the official `google-genai` sends for a wish: the yardstick for our own adapter's bodies."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from tests.fakes.faults import Answer
from tests.fakes.messages import JsonValue, RecordedRequest, json_reply
from tests.fakes.server import FakeServer

if TYPE_CHECKING:
    from google.genai import Client


@dataclass(frozen=True, slots=True)
class SdkWish:
    """A wish in the package's own words.

    `config`: a `GenerateContentConfig` as plain objects with snake_case names, such as `{"response_modalities":
    ["IMAGE"], "image_config": {"aspect_ratio": "16:9", "image_size": "2K"}, "seed": 42}`. `references`: media type
    and bytes of each image, put after the text."""

    model: str
    prompt: str
    config: Mapping[str, JsonValue] = field(default_factory=dict)
    references: tuple[tuple[str, bytes], ...] = ()
    stream: bool = False


@contextlib.contextmanager
def gemini_client(origin: str, api_key: str, version: str | None = None) -> Iterator[Client]:
    """The official client without the proxies and key variables of the environment."""
    from google import genai

    # The package does not close a transport that it was given.
    with httpx.Client(trust_env=False, timeout=60) as transport:
        options = genai.types.HttpOptions(base_url=origin, api_version=version, httpx_client=transport)
        with genai.Client(api_key=api_key, vertexai=False, http_options=options) as client:
            yield client


def call_sdk(client: Client, wish: SdkWish) -> Any:
    """The answer, or for a stream the list of its chunks."""
    from google.genai import types

    parts = [types.Part.from_text(text=wish.prompt)]
    parts += [types.Part.from_bytes(data=content, mime_type=kind) for kind, content in wish.references]
    arguments: dict[str, Any] = {
        "model": wish.model,
        "contents": [types.Content(role="user", parts=parts)],
        "config": dict(wish.config),
    }
    if wish.stream:
        return list(client.models.generate_content_stream(**arguments))
    return client.models.generate_content(**arguments)


def sdk_request(wish: SdkWish) -> RecordedRequest:
    """The one request that the package sends for the wish, byte for byte; nothing judges it on the way.

    The package mixes camelCase and snake_case, which the API reads alike: compare `camel_cased` bodies. It adds a
    role to a system instruction and writes images in the base64 alphabet for URLs (`-` and `_`)."""
    with FakeServer() as server:
        server.script(Answer(json_reply({"candidates": []})))
        with gemini_client(server.origin, "recorder-key") as client:
            call_sdk(client, wish)
        (request,) = server.requests
        return request
