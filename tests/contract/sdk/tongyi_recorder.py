"""What the official `dashscope` package sends for a wish: the yardstick for our own adapter's bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.fakes.faults import Answer
from tests.fakes.messages import JsonValue, RecordedRequest, json_reply
from tests.fakes.server import FakeServer

Form = Literal["sync", "messages_async", "prompt_async"]


@dataclass(frozen=True, slots=True)
class SdkWish:
    """A wish in the API's own words.

    `form`: which of the package's classes is used - `MultiModalConversation` (sync), `ImageGeneration` (messages,
    asynchronous) or `ImageSynthesis` (prompt, asynchronous; text2image and image2image). `parameters` are API
    parameters by name; `inputs` are further fields of `input` for the prompt form (`negative_prompt`, `images`,
    `function`, `base_image_url`, ...). References of the messages forms are data URIs or links, put before the text.
    """

    form: Form
    model: str
    prompt: str
    parameters: Mapping[str, JsonValue] = field(default_factory=dict)
    inputs: Mapping[str, JsonValue] = field(default_factory=dict)
    references: tuple[str, ...] = ()


def call_sdk(wish: SdkWish, api_key: str, base_url: str) -> Any:
    """Send the wish with the classes of dashscope 1.x, which version 2 still carries and which take any model."""
    import dashscope

    account: dict[str, Any] = {"api_key": api_key, "base_address": base_url}
    if wish.form == "prompt_async":
        return dashscope.ImageSynthesis.async_call(
            model=wish.model, prompt=wish.prompt, **wish.inputs, **wish.parameters, **account
        )
    content = [*({"image": reference} for reference in wish.references), {"text": wish.prompt}]
    messages: Any = [{"role": "user", "content": content}]
    if wish.form == "sync":
        return dashscope.MultiModalConversation.call(model=wish.model, messages=messages, **wish.parameters, **account)
    from dashscope.aigc.image_generation import ImageGeneration

    return ImageGeneration.async_call(model=wish.model, messages=messages, **wish.parameters, **account)


def sdk_request(wish: SdkWish) -> RecordedRequest:
    """The one request that the package sends for the wish, byte for byte; nothing judges it on the way.

    Known to be wrong in the package: the form `messages_async` carries a stray `parameters.is_async`."""
    output = {"task_id": "t", "task_status": "PENDING", "choices": []}
    with FakeServer() as server:
        server.script(Answer(json_reply({"request_id": "r", "output": output, "usage": {}})))
        call_sdk(wish, "sk-recorder", server.origin + "/api/v1")
        (request,) = server.requests
        return request
