"""What the official `openai` package sends for a wish: the yardstick for our own adapter's bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.messages import JsonValue, RecordedRequest
from tests.fakes.server import FakeServer

if TYPE_CHECKING:
    from openai import OpenAI


@dataclass(frozen=True, slots=True)
class SdkFile:
    """A file as the package takes it: name, bytes, media type (`image/png`)."""

    name: str
    content: bytes
    media_type: str = "image/png"

    @property
    def as_tuple(self) -> tuple[str, bytes, str]:
        return (self.name, self.content, self.media_type)


@dataclass(frozen=True, slots=True)
class SdkWish:
    """A wish in the API's own words. With references it is an edit, without a generation.

    `fields`: API fields by name, such as `{"size": "1024x1024", "n": 2, "stream": True}`."""

    prompt: str
    model: str
    fields: Mapping[str, JsonValue] = field(default_factory=dict)
    references: tuple[SdkFile, ...] = ()
    mask: SdkFile | None = None
    organization: str | None = None
    project: str | None = None


def openai_client(base_url: str, api_key: str, **options: JsonValue) -> OpenAI:
    """The official client without retries and without the proxies of the environment; close it with `with`."""
    import openai  # half a second: only where it is needed

    http_client = openai.DefaultHttpx2Client(trust_env=False)
    return openai.OpenAI(api_key=api_key, base_url=base_url, max_retries=0, http_client=http_client, **options)


def sdk_request(wish: SdkWish) -> RecordedRequest:
    """The one request that `openai.images.generate` or `.edit` sends for the wish, byte for byte.

    Nothing judges the wish on the way: also requests that the API would refuse are recorded. One reference is given
    as a bare file (field `image`), several as a list (`image[]`), which is what a user of the package would write."""
    with (
        FakeServer() as server,
        openai_client(
            server.origin + "/v1", "sk-recorder", organization=wish.organization, project=wish.project
        ) as client,
    ):
        arguments: dict[str, JsonValue] = {"prompt": wish.prompt, "model": wish.model, **wish.fields}
        if wish.references:
            files = [reference.as_tuple for reference in wish.references]
            arguments["image"] = files[0] if len(files) == 1 else files
            if wish.mask is not None:
                arguments["mask"] = wish.mask.as_tuple
            answer: Any = client.images.edit(**arguments)
        else:
            answer = client.images.generate(**arguments)
        if wish.fields.get("stream"):
            answer.close()
        (request,) = server.requests
        return request
