"""What the official `acedatacloud` package sends for a wish: the yardstick for our own adapter's bodies."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.fakes.faults import Answer
from tests.fakes.messages import JsonValue, RecordedRequest, json_reply
from tests.fakes.server import FakeServer


@dataclass(frozen=True, slots=True)
class SdkWish:
    """A wish in the API's own words; `fields` by name, `async` included (the package spells it `async_`)."""

    endpoint: Literal["generations", "edits", "nano_banana"]
    prompt: str
    fields: Mapping[str, JsonValue] = field(default_factory=dict)


@contextlib.contextmanager
def acedata_client(base_url: str, api_key: str) -> Iterator[Any]:
    """The official client without its repeats."""
    import acedatacloud

    with acedatacloud.AceDataCloud(api_token=api_key, base_url=base_url, max_retries=0, timeout=60) as client:
        yield client


def call_sdk(client: Any, wish: SdkWish) -> Any:
    """The decoded answer, or for nano-banana the package's handle of a task."""
    arguments = {"async_" if name == "async" else name: value for name, value in wish.fields.items()}
    if wish.endpoint == "generations":
        return client.openai.images.generate(prompt=wish.prompt, **arguments)
    if wish.endpoint == "edits":
        return client.openai.images.edit(prompt=wish.prompt, **arguments)
    return client.nano_banana.generate(prompt=wish.prompt, **arguments)


def sdk_request(wish: SdkWish) -> RecordedRequest:
    """The one request that the package sends for the wish, byte for byte; nothing judges it on the way.

    The package's nano-banana call always sends `count` and `async`."""
    with FakeServer() as server:
        server.script(Answer(json_reply({"task_id": "t-1", "data": []})))
        with acedata_client(server.origin, "recorder-token") as client:
            call_sdk(client, wish)
        (request,) = server.requests
        return request
